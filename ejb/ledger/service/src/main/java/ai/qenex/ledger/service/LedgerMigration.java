package ai.qenex.ledger.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
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
    LedgerSettings settings = LedgerConfiguration.read(ConfigProvider.getConfig());
    migrate(database);
    fitEmptyLog(database, settings.rangeEntries());
  }

  /** The first range of a log without entries takes the size that is set; the migration cannot know it. */
  static void fitEmptyLog(DataSource database, int rangeEntries) {
    new LogAccess(database).answer(
        connection -> LogAccess.figure(connection, "select 1 from ledger.fit_empty_log(" + rangeEntries + ")"));
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
