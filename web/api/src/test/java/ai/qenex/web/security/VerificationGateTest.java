package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VerificationGateTest {

  private final VerificationGate gate = new VerificationGate(2, 100, 50);

  @Test
  void letsOnlySomeWaitAtOnce() {
    assertTrue(gate.tryEnter(0));
    assertTrue(gate.tryEnter(0));
    assertFalse(gate.tryEnter(0));
    gate.leave(0, 10);
    assertTrue(gate.tryEnter(10));
  }

  @Test
  void staysShutForAWhileAfterACallThatHung() {
    assertTrue(gate.tryEnter(0));
    gate.leave(0, 101);
    assertFalse(gate.tryEnter(101));
    assertFalse(gate.tryEnter(150));
    assertTrue(gate.tryEnter(151));
    gate.leave(151, 160);
    assertTrue(gate.tryEnter(160));
  }

  @Test
  void shutsAgainIfTheNextCallHangsToo() {
    assertTrue(gate.tryEnter(0));
    gate.leave(0, 101);
    assertTrue(gate.tryEnter(200));
    gate.leave(200, 400);
    assertFalse(gate.tryEnter(401));
  }

  @Test
  void staysShutWhenAQuickCallReturnsThatWasUnderWay() {
    assertTrue(gate.tryEnter(0));
    assertTrue(gate.tryEnter(95));
    gate.leave(0, 101);
    gate.leave(95, 102);
    assertFalse(gate.tryEnter(103));
  }
}
