package ai.qenex.ledger.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the schema {@code ledger} up to date before anything of the context starts. */
@Singleton
@Startup
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class LedgerMigration {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @PostConstruct
  void migrate() {
    migrate(database);
  }

  /** For whoever runs the ledger outside a server. */
  public static void migrate(DataSource database) {
    Flyway.configure(LedgerMigration.class.getClassLoader())
        .dataSource(database)
        .schemas("ledger")
        .defaultSchema("ledger")
        .locations("classpath:db/migration/ledger")
        .load()
        .migrate();
  }
}
