package ai.qenex.settlement.netting;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Money;
import ai.qenex.settlement.ClearingCycle.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outcome of netting one asset's flows (CPSS, <i>Lamfalussy report</i>: bilateral and multilateral net positions).
 *
 * @param gross the sum of all flows
 * @param positions per bank that sent or received, sorted by BIC; their nets sum to zero
 */
public record Netting(Money gross, List<Position> positions) {

  public Netting {
    positions = List.copyOf(positions);
    Amount sum = Amount.ZERO;
    for (Position position : positions) {
      sum = sum.plus(position.net().amount());
    }
    if (!sum.isZero()) {
      throw new IllegalArgumentException("net positions sum to zero, not to " + sum);
    }
  }

  /** Multilateral net positions. @throws ArithmeticException if a sum needs more than 38 digits */
  public static Netting of(Asset asset, Collection<Flow> flows) {
    SortedMap<Bic, Amount> sent = new TreeMap<>();
    SortedMap<Bic, Amount> received = new TreeMap<>();
    Amount gross = Amount.ZERO;
    for (Flow flow : flows) {
      gross = gross.plus(flow.amount());
      sent.merge(flow.payer(), flow.amount(), Amount::plus);
      received.merge(flow.payer(), Amount.ZERO, Amount::plus);
      received.merge(flow.payee(), flow.amount(), Amount::plus);
    }
    var positions = new ArrayList<Position>(received.size());
    received.forEach((bank, in) -> {
      Amount out = sent.getOrDefault(bank, Amount.ZERO);
      positions.add(new Position(bank, new Money(out, asset), new Money(in, asset), new Money(in.minus(out), asset)));
    });
    return new Netting(new Money(gross, asset), positions);
  }

  /**
   * What remains between each two banks when their mutual flows are set off: at most one flow per pair, sorted by payer
   * and payee.
   */
  public static List<Flow> bilateral(Collection<Flow> flows) {
    record Pair(Bic low, Bic high) {}

    SortedMap<Pair, Amount> owedByLow =
        new TreeMap<>(Comparator.comparing(Pair::low).thenComparing(Pair::high));
    for (Flow flow : flows) {
      boolean lowPays = flow.payer().compareTo(flow.payee()) < 0;
      Pair pair = lowPays ? new Pair(flow.payer(), flow.payee()) : new Pair(flow.payee(), flow.payer());
      owedByLow.merge(pair, lowPays ? flow.amount() : flow.amount().negated(), Amount::plus);
    }
    var remaining = new ArrayList<Flow>();
    owedByLow.forEach((pair, amount) -> {
      if (amount.isPositive()) {
        remaining.add(new Flow(pair.low, pair.high, amount));
      } else if (amount.isNegative()) {
        remaining.add(new Flow(pair.high, pair.low, amount.negated()));
      }
    });
    remaining.sort(Comparator.comparing(Flow::payer).thenComparing(Flow::payee));
    return remaining;
  }

  /** What has to be paid after multilateral netting: the sum of the positive positions. */
  public Amount settled() {
    Amount sum = Amount.ZERO;
    for (Position position : positions) {
      if (position.net().amount().isPositive()) {
        sum = sum.plus(position.net().amount());
      }
    }
    return sum;
  }

  /** The bank's net position in minor units; zero if it took no part. */
  public Amount netOf(Bic bank) {
    for (Position position : positions) {
      if (position.bank().equals(bank)) {
        return position.net().amount();
      }
    }
    return Amount.ZERO;
  }
}
