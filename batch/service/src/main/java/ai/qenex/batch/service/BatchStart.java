package ai.qenex.batch.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Lays schema {@code jobs} when the bank starts, and remembers when that was. */
@Singleton
@Startup
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class BatchStart {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private final UUID id = UUID.randomUUID();
  private Instant startedAt;

  @PostConstruct
  void start() {
    BatchConfig.read();
    migrate(database);
    startedAt = Instant.now();
  }

  static void migrate(DataSource database) {
    Flyway.configure(BatchStart.class.getClassLoader()).dataSource(database)
        .schemas("jobs").defaultSchema("jobs").locations("classpath:db/migration/jobs").load().migrate();
  }

  /** Names this start of this server. */
  public UUID id() {
    return id;
  }

  /** An execution that was created before this instant and has not ended died with an earlier server. */
  public Instant startedAt() {
    return startedAt;
  }
}
