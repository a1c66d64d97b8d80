package ai.qenex.settlement.netting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Money;
import ai.qenex.settlement.ClearingCycle.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published vector of four banks: gross 360, bilaterally 280, multilaterally 40. */
class NettingTest {

  static final Asset EUR = new Asset("EUR", 2);
  static final Bic A = new Bic("AAAADEFF");
  static final Bic B = new Bic("BBBBDEFF");
  static final Bic C = new Bic("CCCCDEFF");
  static final Bic D = new Bic("DDDDDEFF");

  static final List<Flow> VECTOR =
      List.of(flow(A, B, 100), flow(A, C, 40), flow(B, C, 70), flow(C, A, 90), flow(C, D, 20),
          flow(D, A, 30), flow(D, B, 10));

  static Flow flow(Bic payer, Bic payee, long amount) {
    return new Flow(payer, payee, Amount.of(amount));
  }

  @Test
  void netsThePublishedVectorMultilaterally() {
    Netting netting = Netting.of(EUR, VECTOR);
    assertEquals(Money.ofMinorUnits(360, EUR), netting.gross());
    assertEquals(List.of(position(A, 140, 120), position(B, 70, 110), position(C, 110, 110), position(D, 40, 20)),
        netting.positions());
    assertEquals(Amount.of(40), netting.settled());
  }

  @Test
  void netsThePublishedVectorBilaterally() {
    assertEquals(
        List.of(flow(A, B, 100), flow(B, C, 70), flow(C, A, 50), flow(C, D, 20), flow(D, A, 30), flow(D, B, 10)),
        Netting.bilateral(VECTOR));
  }

  @Test
  void offsetsEqualMutualFlowsToNothing() {
    List<Flow> mutual = List.of(flow(A, B, 5), flow(B, A, 5));
    assertTrue(Netting.bilateral(mutual).isEmpty());
    assertEquals(Amount.ZERO, Netting.of(EUR, mutual).settled());
  }

  @Test
  void netsNothingToNothing() {
    Netting nothing = Netting.of(EUR, List.of());
    assertEquals(Money.ofMinorUnits(0, EUR), nothing.gross());
    assertTrue(nothing.positions().isEmpty());
    assertEquals(Amount.ZERO, nothing.netOf(A));
  }

  @Test
  void addsBeyondTheRangeOfALong() {
    Netting netting = Netting.of(EUR, List.of(flow(A, B, Long.MAX_VALUE), flow(A, B, Long.MAX_VALUE)));
    assertEquals("-18446744073709551614", netting.netOf(A).toString());
  }

  @Test
  void refusesPositionsThatDoNotSumToZero() {
    assertThrows(IllegalArgumentException.class,
        () -> new Netting(Money.ofMinorUnits(1, EUR), List.of(position(A, 1, 0))));
  }

  @Test
  void refusesAFlowToOneself() {
    assertThrows(IllegalArgumentException.class, () -> flow(A, A, 1));
  }

  @Test
  void refusesAFlowOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> flow(A, B, 0));
  }

  static Position position(Bic bank, long sent, long received) {
    return new Position(bank, Money.ofMinorUnits(sent, EUR), Money.ofMinorUnits(received, EUR),
        Money.ofMinorUnits(received - sent, EUR));
  }
}
