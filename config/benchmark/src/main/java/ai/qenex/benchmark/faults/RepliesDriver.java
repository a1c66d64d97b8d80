package ai.qenex.benchmark.faults;

import ai.qenex.benchmark.faults.Books.Verdict;
import ai.qenex.benchmark.faults.Clients.Manner;
import ai.qenex.benchmark.faults.Report.Fault;
import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** Commits whose answer is lost between the database and the engine: done, and nobody was told. */
public final class RepliesDriver {

  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(1);
  private static final int CLIENTS = 8;
  /** Often enough to be quick, seldom enough that work goes on in between. */
  private static final int EVERY_SO_MANY = 3;

  private final FaultSettings settings;
  private final Report report;

  public RepliesDriver(FaultSettings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** @param drops replies to lose */
  public void run(int drops) throws SQLException, IOException {
    var groups = new ArrayList<Clients>();
    try (var ground = new Ground(settings.fresh("replies"))) {
      try (var proxy = new CuttingProxy(ground.source().getPortNumbers()[0], EVERY_SO_MANY);
          var engine = Ground.started(new LedgerEngine(through(ground, proxy), LedgerSettings.defaults(),
              Clock.systemUTC()))) {
        var bank = new EngineBank(() -> engine, ground.accounts());
        var clients = new Clients(bank, new Manner("reply", CLIENTS, Ground.ACCOUNTS, PACE, true));
        groups.add(clients);
        Duration outage;
        try (clients) {
          outage = clients.outage(() -> {
            while (proxy.cuts() < drops) {
              clients.awaitMore(1);
            }
          });
        }
        judge(ground, new Fault("reply to a COMMIT lost", proxy.cuts(), outage, RECOVERY), groups);
        bank.unclear().forEach(answer -> report.complain("unclear: " + answer));
      }
    }
  }

  private void judge(Ground ground, Fault fault, List<Clients> groups) throws SQLException {
    try (Connection database = ground.connection()) {
      Verdict verdict = ground.books().judge(database, groups);
      report.add(fault, verdict, groups);
    }
  }

  static PGSimpleDataSource through(Ground ground, CuttingProxy proxy) {
    PGSimpleDataSource source = ground.source();
    source.setPortNumbers(new int[] {proxy.port()});
    source.setPrepareThreshold(0); // so that each COMMIT travels as text
    return source;
  }
}
