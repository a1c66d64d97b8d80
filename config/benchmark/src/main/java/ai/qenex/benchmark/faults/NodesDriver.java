package ai.qenex.benchmark.faults;

import ai.qenex.benchmark.faults.Clients.Manner;
import ai.qenex.benchmark.faults.Report.Fault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Two real servers on one database under load. Again and again the leader is killed, frozen and thawed, or stopped in
 * good order; the other must serve within ten seconds, and the frozen one must not do anything when it wakes up.
 */
public final class NodesDriver {

  /** What two nodes that have a machine to themselves keep to. */
  static final Duration TAKEOVER = Duration.ofSeconds(10);

  private static final Duration STEPPING_DOWN = Duration.ofSeconds(10);
  /** Answers between two faults. */
  private static final int ENOUGH = 200;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final int ACCOUNTS = 6;
  private static final int CLIENTS = 8;
  private static final long OPENING_CENTS = 100_000_00;

  private final FaultSettings settings;
  private final Report report;
  private final Duration limit;

  /** @param limit that a change of the lead has to stay within */
  public NodesDriver(FaultSettings settings, Report report, Duration limit) {
    this.settings = settings;
    this.report = report;
    this.limit = limit;
  }

  /** @param rounds of each: a kill, a freeze, a stop */
  public void run(int rounds) throws SQLException {
    try (Nodes nodes = Nodes.start(settings.fresh("nodes"), 2, settings.server(), settings.ear());
        Connection database = DriverManager.getConnection(nodes.jdbcUrl())) {
      try (var bank = new HttpBank(nodes.urls())) {
        breakAll(rounds, nodes, bank, database);
      }
    }
  }

  private void breakAll(int rounds, Nodes nodes, HttpBank bank, Connection database) throws SQLException {
    var books = new Books(numbers(database, bank.open(ACCOUNTS, "100000.00")), OPENING_CENTS);
    var groups = new ArrayList<Clients>();
    checkStandby(nodes, bank);
    for (Breaking breaking : Breaking.values()) {
      var clients = new Clients(bank, new Manner(breaking.name(), CLIENTS, ACCOUNTS, PACE, true));
      groups.add(clients);
      Duration outage = worst(rounds, breaking, nodes, clients);
      report.add(new Fault("of two nodes, " + breaking.text, rounds, outage, limit),
          books.judge(database, groups), List.of(clients));
    }
    bank.unclear().forEach(answer -> report.complain("unclear: " + answer));
  }

  /** Not even a balance comes from a standby's memory, and who is asked says who leads. */
  private void checkStandby(Nodes nodes, HttpBank bank) {
    int standby = 1 - nodes.leader();
    String answer = bank.balanceAt(nodes.url(standby));
    if (!answer.startsWith("503 later ") || !answer.contains("NOT_LEADER") || !answer.contains("leads")) {
      report.complain("a standby answers " + answer);
    }
    if (nodes.status(standby, "/health/ready") != 503 || nodes.status(standby, "/health/live") != 200) {
      report.complain("a standby's health is ready " + nodes.status(standby, "/health/ready") + ", live "
          + nodes.status(standby, "/health/live"));
    }
  }

  private enum Breaking {
    KILL("the leader killed (kill -9)"),
    FREEZE("the leader frozen and thawed (SIGSTOP, SIGCONT)"),
    STOP("the leader stopped in good order");

    private final String text;

    Breaking(String text) {
      this.text = text;
    }
  }

  private Duration worst(int rounds, Breaking breaking, Nodes nodes, Clients clients) {
    Duration worst = Duration.ZERO;
    try (clients) {
      for (int round = 0; round < rounds; round++) {
        clients.awaitMore(ENOUGH);
        Duration outage = switch (breaking) {
          case KILL -> kill(nodes, clients);
          case FREEZE -> freeze(nodes, clients);
          case STOP -> stop(nodes, clients);
        };
        worst = outage.compareTo(worst) > 0 ? outage : worst;
      }
    }
    return worst;
  }

  private Duration kill(Nodes nodes, Clients clients) {
    int leader = nodes.leader();
    Duration outage = clients.outage(() -> nodes.kill(leader));
    nodes.restart(leader);
    return outage;
  }

  private Duration stop(Nodes nodes, Clients clients) {
    int leader = nodes.leader();
    Duration outage = clients.outage(() -> nodes.stop(leader));
    nodes.restart(leader);
    return outage;
  }

  private Duration freeze(Nodes nodes, Clients clients) {
    int leader = nodes.leader();
    Duration outage = clients.outage(() -> nodes.freeze(leader));
    nodes.thaw(leader);
    long deadline = System.nanoTime() + STEPPING_DOWN.toNanos();
    while (nodes.status(leader, "/health/ready") != 503 || nodes.status(leader, "/health/live") != 200) {
      if (System.nanoTime() > deadline) {
        report.complain("a thawed node does not step down: ready " + nodes.status(leader, "/health/ready"));
        break;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return outage;
  }

  /** The log knows accounts by number, the API by id. */
  static List<Long> numbers(Connection database, List<String> accounts) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (var statement = database.prepareStatement("select (detail ->> 'number')::bigint from ledger.log "
        + "where kind = 3 and (detail ->> 'id')::uuid = ?")) {
      for (String account : accounts) {
        statement.setObject(1, UUID.fromString(account));
        try (var row = statement.executeQuery()) {
          row.next();
          numbers.add(row.getLong(1));
        }
      }
    }
    return numbers;
  }
}
