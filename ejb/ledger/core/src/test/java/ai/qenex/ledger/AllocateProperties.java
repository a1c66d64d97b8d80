package ai.qenex.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.engine.TestLedger;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** ALLOCATION-1: an allocation moves what was asked, unit by unit as its trees say, or nothing. */
class AllocateProperties {

  private static final int GIVERS = 4;
  private static final int TAKERS = 4;
  private static final int FIRST_GIVER = 2;
  private static final int FIRST_TAKER = FIRST_GIVER + GIVERS;

  private static AccountNumber number(int account) {
    return new AccountNumber(account);
  }

  @Provide
  Arbitrary<Source> sources() {
    return source(3);
  }

  private static Arbitrary<Source> source(int depth) {
    Arbitrary<Source> leaf = Combinators.combine(Arbitraries.integers().between(FIRST_GIVER, FIRST_TAKER - 1),
        Arbitraries.longs().between(0, 5))
        .as((account, overdraft) -> new Source.FromAccount(number(account), upTo(overdraft)));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Source> below = source(depth - 1);
    return Arbitraries.oneOf(leaf,
        Combinators.combine(amounts(), below).as(Source.AtMost::new),
        below.list().ofMinSize(1).ofMaxSize(4).map(Source.InOrder::new),
        below.list().ofMinSize(1).ofMaxSize(4).flatMap(AllocateProperties::shares).map(Source.InShares::new));
  }

  private static Overdraft upTo(long minorUnits) {
    return new Overdraft(Optional.of(Amount.of(minorUnits)));
  }

  private static Arbitrary<Amount> amounts() {
    return Arbitraries.longs().between(1, 30).map(Amount::of);
  }

  @Provide
  Arbitrary<Destination> destinations() {
    return destination(3);
  }

  private static Arbitrary<Destination> destination(int depth) {
    Arbitrary<Destination> leaf = Arbitraries.integers().between(FIRST_TAKER, FIRST_TAKER + TAKERS)
        .map(account -> account == FIRST_TAKER + TAKERS ? new Destination.Kept()
            : new Destination.ToAccount(number(account)));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Destination> below = destination(depth - 1);
    Arbitrary<Destination> capped = Combinators.combine(amounts(), below).as(Destination.AtMost::new);
    Arbitrary<Destination> ordered = Combinators.combine(capped.list().ofMaxSize(3), below).as((first, last) -> {
      var all = new java.util.ArrayList<Destination>(first);
      all.add(last);
      return new Destination.InOrder(all);
    });
    return Arbitraries.oneOf(leaf, ordered,
        below.list().ofMinSize(1).ofMaxSize(4).flatMap(AllocateProperties::shares).map(Destination.InShares::new));
  }

  /** Shares of the parties that are together the whole; the last one sometimes takes what remains. */
  private static <T> Arbitrary<List<Share<T>>> shares(List<T> parties) {
    return Combinators.combine(Arbitraries.longs().between(1, 7).list().ofSize(parties.size()),
        Arbitraries.of(true, false)).as((weights, lastRemains) -> {
          long sum = weights.stream().mapToLong(weight -> weight).sum();
          var shares = new java.util.ArrayList<Share<T>>();
          for (int i = 0; i < parties.size(); i++) {
            boolean remains = lastRemains && i == parties.size() - 1;
            shares.add(new Share<>(remains ? Optional.empty() : Optional.of(Portion.of(weights.get(i), sum)),
                parties.get(i)));
          }
          return shares;
        });
  }

  /** A vault, givers with so much on them and a limit of 5, and takers. */
  private static TestLedger ledgerWith(List<Integer> balances) {
    var ledger = new TestLedger();
    AccountNumber vault = ledger.open(Product.INTERNAL);
    for (int i = 0; i < GIVERS; i++) {
      AccountNumber giver = ledger.open(new OpenAccount(ledger.newId(), "EUR", "Giver", Product.CURRENT,
          Optional.empty(), Optional.of(Amount.of(5))));
      if (balances.get(i) != 0) {
        ledger.submit(balances.get(i) > 0 ? ledger.transfer(vault, giver, balances.get(i))
            : ledger.transfer(giver, vault, -balances.get(i)));
      }
    }
    for (int i = 0; i < TAKERS; i++) {
      ledger.open(Product.CURRENT);
    }
    return ledger;
  }

  @Provide
  Arbitrary<List<Integer>> balances() {
    return Arbitraries.integers().between(-5, 40).list().ofSize(GIVERS);
  }

  @Property(tries = 3_000)
  void movesAsTheOracleDoesUnitByUnit(@ForAll("balances") List<Integer> balances, @ForAll("sources") Source source,
      @ForAll("destinations") Destination destination, @ForAll("smallAmounts") int amount) {
    TestLedger ledger = ledgerWith(balances);
    Map<Long, Integer> before = new HashMap<>();
    for (int i = 0; i < GIVERS; i++) {
      before.put((long) FIRST_GIVER + i, balances.get(i));
    }
    List<String> expected = new NaiveAllocation(before).transfers(amount, source, destination);
    var asked = new Allocate(ledger.newId(), TestLedger.EUR, Optional.of(Amount.of(amount)), source, destination,
        Optional.of("rent"), Optional.empty());
    Outcome outcome = ledger.submit(asked);
    if (outcome instanceof Outcome.Accepted accepted) {
      assertEquals(expected, accepted.entries().stream().map(entry -> (TransferPosted) entry)
          .map(leg -> leg.debit() + " " + leg.credit() + " " + leg.amount().amount()).toList());
    } else {
      Clause clause = ((Outcome.Refused) outcome).refusal().clause();
      assertEquals(List.of(), expected, clause::name);
      assertTrue(Set.of(Clause.INSUFFICIENT_FUNDS, Clause.NOTHING_TO_MOVE).contains(clause), clause::name);
    }
    assertEquals(withoutRepetition(outcome), withoutRepetition(ledger.submit(asked)));
  }

  private static Object withoutRepetition(Outcome outcome) {
    return outcome instanceof Outcome.Accepted accepted ? accepted.entries() : ((Outcome.Refused) outcome).refusal();
  }

  @Provide
  Arbitrary<Integer> smallAmounts() {
    return Arbitraries.integers().between(1, 60);
  }

  @Provide
  Arbitrary<BigInteger> anyAmount() {
    return Arbitraries.bigIntegers().between(BigInteger.ONE, AllocationFlow.LARGEST);
  }

  /** Whatever the digits: what leaves the sources is what reaches the destinations, and their shares are exact. */
  @Property
  void splitsAmountsOf38DigitsToTheLastUnit(@ForAll("anyAmount") BigInteger amount,
      @ForAll("weights") List<Long> weights) {
    TestLedger ledger = ledgerWith(List.of(0, 0, 0, 0));
    long sum = weights.stream().mapToLong(weight -> weight).sum();
    var shares = new java.util.ArrayList<Share<Destination>>();
    for (int i = 0; i < weights.size(); i++) {
      shares.add(new Share<>(Optional.of(Portion.of(weights.get(i), sum)),
          new Destination.ToAccount(number(FIRST_TAKER + i))));
    }
    var outcome = (Outcome.Accepted) ledger.submit(new Allocate(ledger.newId(), TestLedger.EUR,
        Optional.of(Amount.of(amount)), new Source.FromAccount(number(1), Overdraft.AS_GRANTED),
        new Destination.InShares(shares), Optional.empty(), Optional.empty()));
    Map<AccountNumber, BigInteger> got = outcome.entries().stream().map(entry -> (TransferPosted) entry)
        .collect(Collectors.toMap(TransferPosted::credit, leg -> leg.amount().amount().toBigInteger()));
    BigInteger total = BigInteger.ZERO;
    for (int i = 0; i < weights.size(); i++) {
      BigInteger part = got.getOrDefault(number(FIRST_TAKER + i), BigInteger.ZERO);
      total = total.add(part);
      BigInteger off = part.multiply(BigInteger.valueOf(sum))
          .subtract(amount.multiply(BigInteger.valueOf(weights.get(i)))).abs();
      assertTrue(off.compareTo(BigInteger.valueOf(sum)) < 0, "less than one unit from the exact share");
    }
    assertEquals(amount, total);
    assertEquals(new Money(Amount.of(amount), TestLedger.EUR).negated().amount(),
        ledger.balance(number(1)));
  }

  @Provide
  Arbitrary<List<Long>> weights() {
    return Arbitraries.longs().between(1, 1_000_000_000L).list().ofMinSize(1).ofMaxSize(TAKERS);
  }
}
