package ai.qenex.benchmark.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two real servers on one database, each fault once: see {@link NodesDriver}; many rounds are the driver's. */
class TwoNodesIT {

  /** Two servers, a database and their clients on a machine that builds: the driver measures, this attacks the law. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void servesOnAfterTheLeaderWasKilledFrozenOrStopped() throws Exception {
    var report = new Report();
    new NodesDriver(settings(), report, LIMIT).run(1);
    assertEquals(List.of(), report.complaints(), report::toString);
  }

  static FaultSettings settings() {
    return new FaultSettings(Path.of(System.getProperty("qenex.faults.work")).toAbsolutePath(), List.of(),
        Optional.empty(), Path.of(System.getProperty("qenex.server.home")).toAbsolutePath().normalize(),
        Path.of(System.getProperty("qenex.ear")).toAbsolutePath().normalize());
  }
}
