package ai.qenex.settlement.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Lays schema {@code settlement} when the bank starts, and refuses to start with a wrong configuration. */
@Singleton
@Startup
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class SettlementMigration {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @PostConstruct
  void migrate() {
    SettlementConfig.read();
    migrate(database);
  }

  static void migrate(DataSource database) {
    Flyway.configure(SettlementMigration.class.getClassLoader()).dataSource(database)
        .schemas("settlement").defaultSchema("settlement").locations("classpath:db/migration/settlement").load()
        .migrate();
  }
}
