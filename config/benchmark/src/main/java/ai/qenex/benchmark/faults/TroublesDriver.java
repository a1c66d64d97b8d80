package ai.qenex.benchmark.faults;

import ai.qenex.benchmark.faults.Clients.Manner;
import ai.qenex.benchmark.faults.Report.Fault;
import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Troubles that pass: the database restarts, connections or the queue run out, the clock jumps, the projector stands
 * still. Callers are told to come back, nothing is lost, and work goes on by itself within a minute.
 */
public final class TroublesDriver {

  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(1);
  private static final int CLIENTS = 8;
  private static final int ENOUGH = 50;
  private static final int POOL = 4;
  private static final int QUEUED = 1;
  private static final Duration JUMP = Duration.ofDays(3);
  private static final Duration HOLD = Duration.ofSeconds(5);
  private static final Duration PROJECTOR_HOLD = Duration.ofSeconds(20);

  private final FaultSettings settings;
  private final Report report;

  public TroublesDriver(FaultSettings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** What one trouble needs. @param clients how many callers */
  private record Setting(String name, DataSource database, LedgerSettings ledger, InstantSource clock, int clients) {

    Setting(String name, DataSource database) {
      this(name, database, LedgerSettings.defaults(), Clock.systemUTC(), CLIENTS);
    }
  }

  /** Breaks something and mends it again, or lets it mend itself. */
  private interface Breaking {
    void once(Clients clients) throws SQLException;
  }

  public void database(int times) throws SQLException {
    try (var ground = new Ground(settings.fresh("database"))) {
      run(ground, new Setting("PostgreSQL restarted", ground.source()), times, clients -> {
        ground.database().stopFast();
        pause(Duration.ofSeconds(1));
        ground.database().startAgain();
      });
    }
  }

  public void pool(int times) throws SQLException {
    try (var ground = new Ground(settings.fresh("pool"))) {
      var pool = new Hog(ground.source(), POOL);
      run(ground, new Setting("connection pool exhausted for 5 s, the writer's connection lost", pool), times,
          clients -> {
            pool.takeAll();
            endConnections(ground);
            pause(HOLD);
            pool.giveBack();
          });
    }
  }

  private static void endConnections(Ground ground) throws SQLException {
    try (Connection database = ground.connection(); Statement statement = database.createStatement()) {
      statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
          + "and datname = current_database() and backend_type = 'client backend'");
    }
  }

  public void clock(int times) throws SQLException {
    try (var ground = new Ground(settings.fresh("clock"))) {
      var offset = new AtomicReference<>(Duration.ZERO);
      InstantSource jumping = () -> Instant.now().plus(offset.get());
      var setting = new Setting("clock three days behind, then ahead, then right", ground.source(),
          LedgerSettings.defaults(), jumping, CLIENTS);
      run(ground, setting, times, clients -> {
        offset.set(JUMP.negated());
        pause(Duration.ofSeconds(2));
        offset.set(JUMP);
        clients.awaitMore(ENOUGH);
        offset.set(Duration.ZERO);
        clients.awaitMore(ENOUGH);
      });
      try (Connection database = ground.connection()) {
        long back =
            Books.figure(database, "select count(*) from (select booked_at < lag(booked_at) over (order by seq) "
                + "as earlier from ledger.log) times where earlier");
        if (back > 0) {
          report.complain("booking times go back " + back + " times");
        }
      }
    }
  }

  public void projector(int times) throws SQLException {
    try (var ground = new Ground(settings.fresh("projector"))) {
      run(ground, new Setting("projector held for 20 s", ground.source()), times, clients -> {
        try (Connection database = ground.connection(); Statement statement = database.createStatement()) {
          database.setAutoCommit(false);
          statement.execute("select seq from ledger.projection where k = 1 for update");
          long before = clients.answered();
          pause(PROJECTOR_HOLD);
          if (clients.answered() < before + ENOUGH) {
            report.complain("the writer waits for the projector");
          }
          database.rollback();
        }
        awaitProjection(ground);
      });
    }
  }

  private void awaitProjection(Ground ground) throws SQLException {
    long begin = System.nanoTime();
    try (Connection database = ground.connection()) {
      long target = Books.figure(database, "select seq from ledger.writer");
      while (Books.figure(database, "select seq from ledger.projection") < target) {
        if (System.nanoTime() - begin > RECOVERY.toNanos()) {
          report.complain("the projector did not catch up within " + RECOVERY);
          return;
        }
        pause(Duration.ofMillis(20));
      }
    }
  }

  public void queue(int times) throws SQLException {
    try (var ground = new Ground(settings.fresh("queue"))) {
      var d = LedgerSettings.defaults();
      var narrow = new LedgerSettings(1, true, QUEUED, d.windowIds(), d.idSkew(), d.answerTimeout(),
          d.databaseTimeout(),
          d.projectionEntries(), d.projectionDelay(), d.rangeEntries(), d.ibans(), d.calendar(), d.firstBusinessDate());
      var setting = new Setting("queue full: 64 callers where one may wait", ground.source(), narrow,
          Clock.systemUTC(), 64);
      Clients clients = run(ground, setting, times, crowd -> crowd.awaitMore(ENOUGH));
      if (clients.count(Reply.LATER) == 0) {
        report.complain("the queue was never full");
      }
    }
  }

  private Clients run(Ground ground, Setting setting, int times, Breaking breaking) throws SQLException {
    try (var engine = Ground.started(new LedgerEngine(setting.database, setting.ledger, setting.clock))) {
      var bank = new EngineBank(() -> engine, ground.accounts());
      var clients = new Clients(bank, new Manner("trouble", setting.clients, Ground.ACCOUNTS, PACE, true));
      Duration worst = Duration.ZERO;
      try (clients) {
        for (int i = 0; i < times; i++) {
          clients.awaitMore(ENOUGH);
          Duration outage = clients.outage(() -> breakOnce(breaking, clients));
          worst = outage.compareTo(worst) > 0 ? outage : worst;
        }
      }
      try (Connection database = ground.connection()) {
        report.add(new Fault(setting.name, times, worst, RECOVERY), ground.books().judge(database, List.of(clients)),
            List.of(clients));
      }
      bank.unclear().forEach(answer -> report.complain(setting.name + ": unclear: " + answer));
      return clients;
    }
  }

  private static void breakOnce(Breaking breaking, Clients clients) {
    try {
      breaking.once(clients);
    } catch (SQLException e) {
      throw new IllegalStateException("the fault could not be made", e);
    }
  }

  static void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
