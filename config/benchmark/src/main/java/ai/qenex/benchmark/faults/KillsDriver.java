package ai.qenex.benchmark.faults;

import ai.qenex.benchmark.faults.Books.Verdict;
import ai.qenex.benchmark.faults.Clients.Manner;
import ai.qenex.benchmark.faults.Report.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * {@code kill -9} under load, in turns of the engine's process and of PostgreSQL, while clients repeat the same ids. As
 * controls, clients that take a new id for each attempt must be seen to double, and the checker must miss a row that
 * was taken out of a copy of the log.
 */
public final class KillsDriver {

  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(1);
  private static final int CLIENTS = 8;
  private static final int ENOUGH = 100;
  /** Kills until the control must have doubled something. */
  private static final int CONTROL_KILLS = 30;

  private final FaultSettings settings;
  private final Report report;

  public KillsDriver(FaultSettings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** @param kills in all */
  public void run(int kills) throws SQLException {
    try (var ground = new Ground(settings.fresh("kills"))) {
      int port = Nodes.freePorts(1).get(0);
      try (var engine = new EngineProcess(port, ground.database().jdbcUrl(), ground.accounts(),
          ground.folder().resolve("engine.log"))) {
        engine.start();
        var groups = new ArrayList<Clients>();
        measure(kills, ground, engine, groups);
        lostControl(ground, groups);
        doubleControl(ground, engine, groups);
      }
    }
  }

  private void measure(int kills, Ground ground, EngineProcess engine, List<Clients> groups) throws SQLException {
    var clients = new Clients(engine, new Manner("kill", CLIENTS, Ground.ACCOUNTS, PACE, true));
    groups.add(clients);
    Duration worst = Duration.ZERO;
    try (clients) {
      for (int i = 0; i < kills; i++) {
        clients.awaitMore(ENOUGH);
        Duration outage = clients.outage(i % 2 == 0 ? () -> kill(engine) : ground::killDatabase);
        worst = outage.compareTo(worst) > 0 ? outage : worst;
      }
    }
    try (Connection database = ground.connection()) {
      report.add(new Fault("kill -9, engine's process and PostgreSQL in turns", kills, worst, RECOVERY),
          ground.books().judge(database, groups), groups);
    }
  }

  private static void kill(EngineProcess engine) {
    engine.kill();
    engine.start();
  }

  private void lostControl(Ground ground, List<Clients> groups) throws SQLException {
    UUID victim = groups.get(0).posted().keySet().iterator().next();
    try (Connection database = ground.connection(); var statement = database.createStatement()) {
      statement.execute("create temporary table tampered as select * from ledger.log where id <> '" + victim + "'");
      Verdict verdict = ground.books().judge(database, groups, "tampered");
      report.addControl(new Fault("control: one row taken out of a copy", 1, Duration.ZERO, RECOVERY), verdict, groups,
          verdict.lost() == 1 && verdict.gaps() > 0 ? 1 : 0);
    }
  }

  private void doubleControl(Ground ground, EngineProcess engine, List<Clients> groups) throws SQLException {
    var clients = new Clients(engine, new Manner("control", CLIENTS, Ground.ACCOUNTS, PACE, false));
    int kills = 0;
    Duration worst = Duration.ZERO;
    try (clients; Connection database = ground.connection()) {
      while (kills < CONTROL_KILLS && doubled(database) == 0) {
        clients.awaitMore(ENOUGH);
        Duration outage = clients.outage(() -> kill(engine));
        worst = outage.compareTo(worst) > 0 ? outage : worst;
        kills++;
      }
    }
    groups.add(clients);
    try (Connection database = ground.connection()) {
      Verdict verdict = ground.books().judge(database, groups);
      report.addControl(new Fault("control: a new id at each attempt", kills, worst, RECOVERY), verdict,
          List.of(clients), verdict.duplicated());
    }
  }

  private static long doubled(Connection database) throws SQLException {
    return Books.figure(database, "select count(reference) - count(distinct reference) from ledger.log where kind = 1");
  }
}
