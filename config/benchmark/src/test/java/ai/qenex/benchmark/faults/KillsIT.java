package ai.qenex.benchmark.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A few kills and both controls; a hundred are the driver's: see {@link KillsDriver}. */
class KillsIT {

  @Test
  void losesAndDoublesNothingAndIsSeenToFindWhatIsBroken() throws Exception {
    var report = new Report();
    new KillsDriver(TwoNodesIT.settings(), report).run(4);
    assertEquals(List.of(), report.complaints(), report::toString);
  }
}
