package ai.qenex.settlement.netting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.UuidV7;
import ai.qenex.settlement.ClearingCycle.Position;
import ai.qenex.settlement.netting.SettlementPlan.Leg;
import ai.qenex.settlement.netting.SettlementPlan.Order;
import ai.qenex.settlement.netting.SettlementPlan.Payment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of netting and settlement, against a slow and obvious oracle. */
class NettingProperties {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final UUID CYCLE = UuidV7.of(1, 2, 3);
  private static final List<Bic> BANKS = List.of(new Bic("AAAADEFF"), new Bic("BBBBDEFF"), new Bic("CCCCDEFF"),
      new Bic("DDDDDEFF"), new Bic("EEEEDEFF"), new Bic("FFFFDEFF"));
  private static final Bic US = BANKS.get(2);

  @Property
  void positionsSumToZero(@ForAll("flows") List<Flow> flows) {
    Amount sum = Amount.ZERO;
    for (Position position : Netting.of(EUR, flows).positions()) {
      sum = sum.plus(position.net().amount());
    }
    assertEquals(Amount.ZERO, sum);
  }

  @Property
  void orderOfTheFlowsDoesNotMatter(@ForAll("flows") List<Flow> flows, @ForAll long seed) {
    List<Flow> shuffled = new ArrayList<>(flows);
    Collections.shuffle(shuffled, new Random(seed));
    assertEquals(Netting.of(EUR, flows), Netting.of(EUR, shuffled));
    assertEquals(Netting.bilateral(flows), Netting.bilateral(shuffled));
  }

  /** The store adds up the obligations of each pair of banks before it nets them. */
  @Property
  void nettingPairTotalsIsTheSame(@ForAll("flows") List<Flow> flows) {
    var totals = new ArrayList<Flow>();
    for (Bic payer : BANKS) {
      for (Bic payee : BANKS) {
        Amount total = flows.stream().filter(flow -> flow.payer().equals(payer) && flow.payee().equals(payee))
            .map(Flow::amount).reduce(Amount.ZERO, Amount::plus);
        if (total.isPositive()) {
          totals.add(new Flow(payer, payee, total));
        }
      }
    }
    assertEquals(Netting.of(EUR, flows), Netting.of(EUR, totals));
  }

  @Property
  void agreesWithTheOracle(@ForAll("flows") List<Flow> flows) {
    Netting netting = Netting.of(EUR, flows);
    for (Bic bank : BANKS) {
      BigInteger expected = BigInteger.ZERO;
      for (Flow flow : flows) {
        if (flow.payee().equals(bank)) {
          expected = expected.add(flow.amount().toBigInteger());
        }
        if (flow.payer().equals(bank)) {
          expected = expected.subtract(flow.amount().toBigInteger());
        }
      }
      assertEquals(expected, netting.netOf(bank).toBigInteger());
    }
  }

  @Property
  void bilateralNettingKeepsEveryPosition(@ForAll("flows") List<Flow> flows) {
    Netting before = Netting.of(EUR, flows);
    Netting after = Netting.of(EUR, Netting.bilateral(flows));
    BANKS.forEach(bank -> assertEquals(before.netOf(bank), after.netOf(bank)));
    assertTrue(after.gross().amount().compareTo(before.gross().amount()) <= 0);
    assertTrue(before.settled().compareTo(after.gross().amount()) <= 0);
  }

  /** The clearing account moved by what we sent less what we received; settlement brings that back to zero. */
  @Property
  void settlementBringsTheClearingAccountToZero(@ForAll("flows") List<Flow> flows) {
    Netting netting = Netting.of(EUR, flows);
    Amount clearing = netting.netOf(US).negated();
    for (Leg leg : SettlementPlan.of(CYCLE, US, netting.positions()).legs()) {
      if (leg.transferId().isPresent()) {
        clearing = clearing.minus(leg.net().amount());
      }
    }
    assertEquals(Amount.ZERO, clearing);
  }

  @Property
  void ordersPayEveryPositionExactly(@ForAll("flows") List<Flow> flows) {
    Netting netting = Netting.of(EUR, flows);
    Map<Bic, Amount> paid = new HashMap<>();
    Set<String> ids = new HashSet<>();
    int payments = 0;
    for (Order order : SettlementPlan.of(CYCLE, US, netting.positions()).orders()) {
      assertTrue(ids.add(order.messageId()));
      for (Payment payment : order.payments()) {
        assertTrue(payment.amount().amount().isPositive());
        assertTrue(ids.add(payment.id()));
        paid.merge(order.payer(), payment.amount().amount().negated(), Amount::plus);
        paid.merge(payment.payee(), payment.amount().amount(), Amount::plus);
        payments++;
      }
    }
    for (Position position : netting.positions()) {
      assertEquals(position.net().amount(), paid.getOrDefault(position.bank(), Amount.ZERO));
    }
    assertTrue(payments < Math.max(1, netting.positions().size()) || payments == 0);
  }

  @Property
  void theSameCycleIsAlwaysSettledTheSameWay(@ForAll("flows") List<Flow> flows) {
    List<Position> positions = Netting.of(EUR, flows).positions();
    assertEquals(SettlementPlan.of(CYCLE, US, positions), SettlementPlan.of(CYCLE, US, positions));
  }

  @Provide
  Arbitrary<List<Flow>> flows() {
    Arbitrary<Bic> banks = Arbitraries.of(BANKS);
    Arbitrary<Amount> amounts = Arbitraries.oneOf(Arbitraries.longs().between(1, 1_000).map(Amount::of),
        Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TEN.pow(36)).map(Amount::of));
    return Combinators.combine(banks, banks, amounts)
        .filter((payer, payee, amount) -> !payer.equals(payee))
        .as(Flow::new).list().ofMaxSize(40);
  }
}
