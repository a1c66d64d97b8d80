package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * LEDGER-5 for whole streams: however a client repeats, cuts and shuffles what it sends again, each id keeps its first
 * outcome and nothing is booked twice. And what commutes, commutes: transfers that nothing can refuse lead to the same
 * balances in any order and in any batches. Both conserve the sum.
 */
class RetryProperties {

  private static final int ACCOUNTS = 5;
  private static final int INTERNAL = 2;

  @Property(tries = 150)
  void answersTheSameHoweverTheStreamIsRepeated(@ForAll long seed) {
    var random = new Random(seed);
    var ledger = ledger(random);
    List<Instruction> stream = stream(ledger, random, 1 + random.nextInt(60), ACCOUNTS);
    Map<UUID, String> first = new HashMap<>();
    int broken = random.nextInt(stream.size() + 1);
    submit(ledger, stream.subList(0, broken), random, first);
    for (int retry = 0; retry < 3; retry++) {
      List<Instruction> again = new ArrayList<>(stream);
      if (retry > 0) {
        Collections.shuffle(again, random);
        again = again.subList(0, random.nextInt(again.size() + 1));
      }
      submit(ledger, again, random, first);
      assertEquals(0, sum(ledger));
    }
    assertEquals(ledger.log.size(), ledger.log.stream().map(row -> row.entry().id()).distinct().count());
  }

  @Property(tries = 150)
  void leadsToTheSameBalancesInAnyOrderOfWhatNothingRefuses(@ForAll long seed) {
    List<Long> balances = null;
    for (int order = 0; order < 3; order++) {
      var random = new Random(seed);
      var ledger = ledger(random);
      // between internal accounts alone: no limit, so that none depends on another
      List<Instruction> stream = stream(ledger, random, 1 + random.nextInt(60), INTERNAL);
      var other = new Random(seed + order);
      if (order > 0) {
        Collections.shuffle(stream, other);
      }
      submit(ledger, stream, other, new HashMap<>());
      List<Long> reached = balances(ledger);
      balances = balances == null ? reached : balances;
      assertEquals(balances, reached);
    }
  }

  private static TestLedger ledger(Random random) {
    // a window that is smaller than a stream: older ids are looked up in the log
    var ledger = new TestLedger(2 + random.nextInt(100));
    for (int i = 0; i < ACCOUNTS; i++) {
      ledger.open(i < INTERNAL ? Product.INTERNAL : Product.CURRENT);
    }
    return ledger;
  }

  private static List<Instruction> stream(TestLedger ledger, Random random, int length, int accounts) {
    List<Instruction> stream = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      List<TransferOrder> orders = new ArrayList<>();
      for (int line = random.nextInt(4) == 0 ? 3 : 1; line > 0; line--) {
        int debit = 1 + random.nextInt(accounts);
        int credit = 1 + (debit + random.nextInt(accounts - 1)) % accounts;
        orders.add(TransferOrder.of(ledger.newId(), new AccountNumber(debit), new AccountNumber(credit),
            Money.ofMinorUnits(1 + random.nextInt(100), TestLedger.EUR)));
      }
      stream.add(new PostTransfers(orders));
    }
    return stream;
  }

  /** In batches of any size; outcomes must be those of the first time. */
  private static void submit(TestLedger ledger, List<Instruction> stream, Random random, Map<UUID, String> first) {
    for (int from = 0; from < stream.size();) {
      int to = Math.min(stream.size(), from + 1 + random.nextInt(20));
      List<Outcome> outcomes = ledger.submitAll(stream.subList(from, to));
      for (int i = from; i < to; i++) {
        String told = told(outcomes.get(i - from));
        String before = first.putIfAbsent(stream.get(i).ids().get(0), told);
        assertEquals(before == null ? told : before, told);
      }
      from = to;
    }
  }

  private static String told(Outcome outcome) {
    return outcome instanceof Outcome.Accepted accepted
        ? accepted.entries().toString() : ((Outcome.Refused) outcome).refusal().toString();
  }

  private static long sum(TestLedger ledger) {
    return balances(ledger).stream().mapToLong(Long::longValue).sum();
  }

  private static List<Long> balances(TestLedger ledger) {
    List<Long> balances = new ArrayList<>();
    for (int account = 1; account <= ACCOUNTS; account++) {
      balances.add(ledger.booked(new AccountNumber(account)));
    }
    return balances;
  }
}
