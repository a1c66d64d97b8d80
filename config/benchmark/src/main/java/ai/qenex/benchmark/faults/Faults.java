package ai.qenex.benchmark.faults;

import ai.qenex.benchmark.Machine;
import java.io.PrintStream;

/** The program behind {@code mvn -Pfaults verify -pl config/benchmark -am}. Ends with 1 if a law is broken. */
public final class Faults {

  private static final int KILLS = 100;
  private static final int REPLIES = 1_000;
  private static final int TROUBLES = 3;
  private static final int NODE_ROUNDS = 5;

  private Faults() {}

  public static void main(String[] arguments) throws Exception {
    FaultSettings settings = FaultSettings.ofProcess();
    PrintStream out = System.out;
    out.println("\n" + Machine.state() + "\n");
    var report = new Report();
    if (settings.wants("kills")) {
      new KillsDriver(settings, report).run(settings.count().orElse(KILLS));
    }
    if (settings.wants("replies")) {
      new RepliesDriver(settings, report).run(settings.count().orElse(REPLIES));
    }
    troubles(settings, report);
    if (settings.wants("nodes")) {
      new NodesDriver(settings, report, NodesDriver.TAKEOVER).run(settings.count().orElse(NODE_ROUNDS));
    }
    out.println(report);
    report.complaints().forEach(complaint -> out.println("BROKEN: " + complaint));
    out.println("at the end: " + Machine.state() + "\n");
    System.exit(report.complaints().isEmpty() ? 0 : 1);
  }

  private static void troubles(FaultSettings settings, Report report) throws Exception {
    int times = settings.count().orElse(TROUBLES);
    var troubles = new TroublesDriver(settings, report);
    if (settings.wants("database")) {
      troubles.database(times);
    }
    if (settings.wants("pool")) {
      troubles.pool(times);
    }
    if (settings.wants("clock")) {
      troubles.clock(times);
    }
    if (settings.wants("projector")) {
      troubles.projector(times);
    }
    if (settings.wants("queue")) {
      troubles.queue(times);
    }
    if (settings.wants("disk")) {
      new DiskDriver(settings, report).run(times);
    }
  }
}
