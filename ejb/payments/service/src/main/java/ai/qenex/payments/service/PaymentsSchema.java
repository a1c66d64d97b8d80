package ai.qenex.payments.service;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of schema {@code payments}, brought up to date. */
final class PaymentsSchema {

  private PaymentsSchema() {}

  static void lay(DataSource database) {
    Flyway.configure(PaymentsSchema.class.getClassLoader()).dataSource(database)
        .schemas("payments").defaultSchema("payments").locations("classpath:db/migration/payments").load().migrate();
  }
}
