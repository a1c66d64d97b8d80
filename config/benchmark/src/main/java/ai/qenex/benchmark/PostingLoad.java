package ai.qenex.benchmark;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;

/** Customers with money, and the ways in which a bank's load differs from plain transfers between them. */
final class PostingLoad {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final Asset LARGE = new Asset("QXC", 18);
  private static final int OPENINGS_AT_ONCE = 5_000;
  private static final long FUNDS_CENTS = 1_000_000_00;
  private static final int LARGEST_CENTS = 100_00;
  private static final int GROUP = 10;
  private static final int HOT_SHARE = 100;
  /** Accounts without a floor that move amounts of 37 digits: their balances have up to 38 and fit no long. */
  private static final int LARGE_ACCOUNTS = 10_000;
  private static final BigInteger LARGE_UNIT = BigInteger.TEN.pow(30);
  private static final int LARGE_UNITS = 1_000_000;
  /** Each lane repeats what it posted so many calls before: within the window of recent ids. */
  private static final int REPEATED_AFTER = 2;
  /** Each caller makes ids that rise, as RFC 9562 advises; those of different callers mix. */
  private static final ThreadLocal<UuidV7> IDS =
      ThreadLocal.withInitial(() -> new UuidV7(InstantSource.system(), new SplittableRandom()));

  private final Ledger ledger;
  private final AccountNumber[] customers;
  private final AccountNumber[] large;
  private final AccountNumber pauper;

  private PostingLoad(Ledger ledger, AccountNumber[] customers, AccountNumber[] large, AccountNumber pauper) {
    this.ledger = ledger;
    this.customers = customers;
    this.large = large;
    this.pauper = pauper;
  }

  /** What a lane does. */
  enum Mode {
    /** Random transfers: floors are checked, and next to nothing is refused. */
    PLAIN("plain"),
    LARGE_AMOUNTS("amounts of 37 digits"),
    HOT("80 % on 1 % of the accounts"),
    GROUPS("linked groups of " + GROUP),
    /** In one call so many are placed, in the next they are captured. */
    HOLDS("holds placed, then captured"),
    /** Each is refused for want of money and recorded. */
    REFUSED("all refused"),
    /** Each was posted shortly before. */
    REPEATED("all repeated");

    private final String label;

    Mode(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** Opens and funds the accounts. */
  static PostingLoad prepare(Ledger ledger, int accounts) {
    AccountNumber vault = open(ledger, List.of(opening(EUR, Product.INTERNAL))).get(0);
    AccountNumber pauper = open(ledger, List.of(opening(EUR, Product.CURRENT))).get(0);
    AccountNumber[] customers = openMany(ledger, EUR, accounts);
    for (int from = 0; from < accounts; from += OPENINGS_AT_ONCE) {
      var funds = new ArrayList<Instruction>();
      for (int i = from; i < Math.min(accounts, from + OPENINGS_AT_ONCE); i++) {
        funds.add(transfer(vault, customers[i], FUNDS_CENTS));
      }
      ledger.submitAll(funds);
    }
    return new PostingLoad(ledger, customers, openMany(ledger, LARGE, LARGE_ACCOUNTS), pauper);
  }

  private static AccountNumber[] openMany(Ledger ledger, Asset asset, int accounts) {
    var opened = new ArrayList<AccountNumber>(accounts);
    Product product = asset.equals(EUR) ? Product.CURRENT : Product.INTERNAL;
    while (opened.size() < accounts) {
      var openings = new ArrayList<OpenAccount>();
      for (int i = 0; i < Math.min(OPENINGS_AT_ONCE, accounts - opened.size()); i++) {
        openings.add(opening(asset, product));
      }
      opened.addAll(open(ledger, openings));
    }
    return opened.toArray(AccountNumber[]::new);
  }

  private static OpenAccount opening(Asset asset, Product product) {
    return new OpenAccount(id(), asset.code(), "Customer", product, Optional.empty(), Optional.empty());
  }

  private static List<AccountNumber> open(Ledger ledger, List<OpenAccount> openings) {
    return ledger.submitAll(openings).stream()
        .map(outcome -> ((AccountOpened) ((Outcome.Accepted) outcome).entries().get(0)).account().number()).toList();
  }

  private static UUID id() {
    return IDS.get().next();
  }

  private static PostTransfers transfer(AccountNumber debit, AccountNumber credit, long cents) {
    return PostTransfers.of(order(debit, credit, cents));
  }

  private static TransferOrder order(AccountNumber debit, AccountNumber credit, long cents) {
    return TransferOrder.of(id(), debit, credit, Money.ofMinorUnits(cents, EUR));
  }

  /** Submits so many transfers at a time and waits for the answers. */
  Stretch.Lane lane(Mode mode, int number, int atOnce) {
    var random = new SplittableRandom(System.nanoTime() + number);
    return switch (mode) {
      case PLAIN -> lane(atOnce, 1, () -> PostTransfers.of(plain(random)), Outcome.Accepted.class);
      case LARGE_AMOUNTS -> lane(atOnce, 1, () -> large(random), Outcome.Accepted.class);
      case HOT -> lane(atOnce, 1, () -> hot(random), Outcome.Accepted.class);
      case GROUPS -> lane(atOnce / GROUP, GROUP, () -> group(random), Outcome.Accepted.class);
      case HOLDS -> holding(atOnce, random);
      case REFUSED -> lane(atOnce, 1, () -> refused(random), Outcome.Refused.class);
      case REPEATED -> repeating(atOnce, random);
    };
  }

  private interface Wish {
    Instruction next();
  }

  private Stretch.Lane lane(int atOnce, int transfersEach, Wish wish, Class<? extends Outcome> expected) {
    return () -> {
      var batch = new ArrayList<Instruction>(atOnce);
      for (int i = 0; i < atOnce; i++) {
        batch.add(wish.next());
      }
      return transfersEach * requireMost(ledger.submitAll(batch), expected::isInstance);
    };
  }

  /** One in a hundred may come out otherwise. */
  private static int requireMost(List<Outcome> outcomes, Function<Outcome, Boolean> expected) {
    int asExpected = 0;
    for (Outcome outcome : outcomes) {
      if (expected.apply(outcome)) {
        asExpected++;
      }
    }
    if (asExpected < outcomes.size() - outcomes.size() / 100 - 1) {
      throw new IllegalStateException("only " + asExpected + " of " + outcomes.size() + " came out as expected");
    }
    return asExpected;
  }

  private Stretch.Lane holding(int atOnce, SplittableRandom random) {
    var placed = new ArrayList<PlaceHold>();
    return () -> {
      List<Instruction> batch = new ArrayList<>(atOnce);
      if (placed.isEmpty()) {
        for (int i = 0; i < atOnce; i++) {
          TransferOrder order = plain(random);
          placed.add(new PlaceHold(order.id(), order.debit(), order.amount(), Optional.of(order.credit()),
              Optional.empty(), Optional.empty()));
        }
        batch.addAll(placed);
      } else {
        for (PlaceHold hold : placed) {
          batch.add(new CaptureHold(id(), hold.id(), Optional.empty(), Optional.empty(), true, Optional.empty(),
              Optional.empty()));
        }
        placed.clear();
      }
      return requireMost(ledger.submitAll(batch), Outcome.Accepted.class::isInstance);
    };
  }

  private Stretch.Lane repeating(int atOnce, SplittableRandom random) {
    var posted = new ArrayList<List<Instruction>>();
    for (int i = 0; i < REPEATED_AFTER; i++) {
      var batch = new ArrayList<Instruction>(atOnce);
      for (int j = 0; j < atOnce; j++) {
        batch.add(PostTransfers.of(plain(random)));
      }
      ledger.submitAll(batch);
      posted.add(batch);
    }
    var turn = new int[1];
    return () -> requireMost(ledger.submitAll(posted.get(turn[0]++ % REPEATED_AFTER)),
        outcome -> outcome instanceof Outcome.Accepted accepted && accepted.repeated());
  }

  private TransferOrder plain(SplittableRandom random) {
    int debit = random.nextInt(customers.length);
    int credit = random.nextInt(customers.length - 1);
    return order(customers[debit], customers[credit < debit ? credit : credit + 1],
        1 + random.nextInt(LARGEST_CENTS));
  }

  private PostTransfers large(SplittableRandom random) {
    int debit = random.nextInt(large.length);
    int credit = random.nextInt(large.length - 1);
    Amount amount = Amount.of(LARGE_UNIT.multiply(BigInteger.valueOf(LARGE_UNITS + random.nextInt(LARGE_UNITS)))
        .add(BigInteger.valueOf(random.nextLong(Long.MAX_VALUE))));
    return PostTransfers.of(TransferOrder.of(id(), large[debit], large[credit < debit ? credit : credit + 1],
        new Money(amount, LARGE)));
  }

  private PostTransfers hot(SplittableRandom random) {
    int debit = hotIndex(random);
    int credit = hotIndex(random);
    return transfer(customers[debit], customers[credit == debit ? (credit + 1) % customers.length : credit],
        1 + random.nextInt(LARGEST_CENTS));
  }

  private int hotIndex(SplittableRandom random) {
    return random.nextInt(10) < 8
        ? random.nextInt(Math.max(2, customers.length / HOT_SHARE))
        : random.nextInt(customers.length);
  }

  private PostTransfers group(SplittableRandom random) {
    var orders = new ArrayList<TransferOrder>(GROUP);
    for (int i = 0; i < GROUP; i++) {
      orders.add(plain(random));
    }
    return new PostTransfers(orders);
  }

  private PostTransfers refused(SplittableRandom random) {
    return transfer(pauper, customers[random.nextInt(customers.length)], 1 + random.nextInt(LARGEST_CENTS));
  }
}
