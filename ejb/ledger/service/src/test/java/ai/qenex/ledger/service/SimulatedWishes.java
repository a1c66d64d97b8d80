package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.ExpireHold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.ReverseTransfer;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.ledger.engine.LogRow;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What clients ask of the ledger: random, with few busy accounts, many quiet ones and some that do not exist. */
final class SimulatedWishes {

  static final BusinessDate FIRST_DAY = BusinessDate.parse("2027-03-01");
  private static final Asset EUR = SimulatedStore.ASSETS.get(0);
  private static final Asset QXC = SimulatedStore.ASSETS.get(1);
  private static final int FIRST_ACCOUNTS = 8;

  private final SimulatedWorld world;
  private final List<Instruction> asked = new ArrayList<>();
  private final SimulatedStore store;
  private final List<AccountNumber> euros = new ArrayList<>();
  private final List<AccountNumber> tokens = new ArrayList<>();
  private final List<UUID> holds = new ArrayList<>();
  private final List<UUID> transfers = new ArrayList<>();
  private int learnt;
  private int openings;
  private int days;

  SimulatedWishes(SimulatedWorld world, SimulatedStore store) {
    this.world = world;
    this.store = store;
  }

  /** All that was ever asked, once each. */
  List<Instruction> asked() {
    return asked;
  }

  Instruction next() {
    learn();
    Instruction wish = openings < FIRST_ACCOUNTS ? opening() : invent();
    asked.add(wish);
    return wish;
  }

  private Instruction invent() {
    int dice = world.below(100);
    if (dice < 38) {
      return PostTransfers.of(order());
    } else if (dice < 70) {
      return move();
    } else if (dice < 76) {
      return group();
    } else if (dice < 82) {
      return change();
    } else if (dice < 86) {
      return opening();
    } else if (dice < 90) {
      return turnOfDay();
    } else if (dice < 96) {
      return reuse();
    } else if (dice < 97) {
      return new Breaking(newId());
    } else if (dice < 98) {
      return poison();
    }
    return move();
  }

  private PostTransfers poison() {
    TransferOrder order = order();
    return PostTransfers.of(new TransferOrder(order.id(), order.debit(), order.credit(), order.amount(),
        Optional.of(SimulatedStore.POISON), Optional.empty(), Optional.empty()));
  }

  /** Mostly as clients make them: of their time, which may be wrong. */
  private UUID newId() {
    int dice = world.below(40);
    if (dice == 0) {
      return new UUID(world.nextLong() & ~0xF000L | 0x4000L, world.nextLong() >>> 2 | 1L << 63);
    }
    long skewMillis = dice == 1 ? world.below(1_200_000) - 600_000 : world.below(2_000) - 1_000;
    return UuidV7.of(world.now().toEpochMilli() + skewMillis, world.nextLong(), world.nextLong());
  }

  /** Something of holds and reversals; now and then several as one. */
  private Instruction move() {
    if (world.below(8) > 0) {
      return movement();
    }
    List<Instruction> parts = new ArrayList<>();
    int count = 2 + world.below(3);
    var ids = new HashSet<UUID>();
    for (int i = 0; i < count; i++) {
      Instruction part = world.below(3) == 0 ? PostTransfers.of(order()) : movement();
      if (ids.addAll(part.ids())) {
        parts.add(part);
      }
    }
    return new LinkedInstructions(parts);
  }

  private Instruction movement() {
    return switch (world.below(7)) {
      case 0, 1 -> hold();
      case 2, 3 -> capture();
      case 4 -> new ReleaseHold(newId(), recent(holds));
      case 5 -> new ExpireHold(recent(holds));
      default -> new ReverseTransfer(newId(), recent(transfers), Optional.empty(), Optional.empty());
    };
  }

  private PlaceHold hold() {
    boolean token = world.below(5) == 0;
    UUID id = newId();
    AccountNumber holder = account(token, true);
    Optional<AccountNumber> beneficiary =
        world.below(3) > 0 ? Optional.of(another(holder, token)) : Optional.empty();
    Optional<Instant> expiry = world.below(3) == 0 ? Optional.empty()
        : Optional.of(world.now().plusMillis(world.below(3_000) - 30).truncatedTo(ChronoUnit.MICROS));
    return new PlaceHold(id, holder, new Money(amount(), token ? QXC : EUR), beneficiary, expiry,
        Optional.empty());
  }

  private CaptureHold capture() {
    Optional<Money> amount =
        world.below(3) == 0 ? Optional.empty() : Optional.of(Money.ofMinorUnits(1L + world.below(60), EUR));
    Optional<AccountNumber> credit = world.below(4) == 0 ? Optional.of(account(false, false)) : Optional.empty();
    return new CaptureHold(newId(), recent(holds), amount, credit, world.below(3) == 0, Optional.empty(),
        Optional.empty());
  }

  private UUID recent(List<UUID> ids) {
    return ids.isEmpty() || world.below(20) == 0 ? anyId() : ids.get(Math.max(0, ids.size() - 1 - world.below(6)));
  }

  /** Mostly one that was asked for lately. */
  private UUID anyId() {
    if (asked.isEmpty() || world.below(20) == 0) {
      return newId();
    }
    List<UUID> ids = asked.get(world.below(2) == 0 ? world.below(asked.size()) : asked.size() - 1).ids();
    return ids.get(world.below(ids.size()));
  }

  private PostTransfers group() {
    var orders = new ArrayList<TransferOrder>();
    int lines = 2 + world.below(3);
    for (int i = 0; i < lines; i++) {
      orders.add(order());
    }
    return new PostTransfers(orders);
  }

  private TransferOrder order() {
    boolean token = world.below(5) == 0;
    AccountNumber debit = account(token, true);
    AccountNumber credit = another(debit, token);
    int shift = world.below(3) - 1;
    return new TransferOrder(newId(), debit, credit, new Money(amount(), token ? QXC : EUR),
        world.below(4) == 0 ? Optional.of("rent") : Optional.empty(),
        world.below(6) == 0 ? Optional.of(LocalDate.of(2027, 2, 1 + world.below(28))) : Optional.empty(),
        world.below(12) == 0 ? Optional.of(day(days + shift)) : Optional.empty());
  }

  private Amount amount() {
    int dice = world.below(60);
    if (dice == 0) {
      return Amount.of(BigInteger.TEN.pow(37).multiply(BigInteger.valueOf(1L + world.below(9))));
    }
    return dice < 4 ? Amount.of(1L + (world.nextLong() >>> 1)) : Amount.of(1L + world.below(100));
  }

  /** What is known from earlier answers. */
  private void learn() {
    for (LogRow row : store.log().subList(learnt, store.log().size())) {
      if (row.entry() instanceof AccountOpened opened) {
        Account account = opened.account();
        boolean token = account.asset().equals(QXC);
        (token ? tokens : euros).add(account.product() == Product.INTERNAL ? 0 : (token ? tokens : euros).size(),
            account.number());
      } else if (row.entry() instanceof HoldPlaced placed) {
        holds.add(placed.id());
      } else if (row.entry() instanceof TransferPosted posted) {
        transfers.add(posted.id());
      }
    }
    learnt = store.log().size();
  }

  /** The first ones are internal and busy, and pay for most; some are of another asset or do not exist. */
  private AccountNumber account(boolean token, boolean pays) {
    List<AccountNumber> known = token != (world.below(60) == 0) ? tokens : euros;
    if (known.isEmpty() || world.below(60) == 0) {
      return new AccountNumber(1L + world.below(30));
    }
    boolean busy = world.below(5) < (pays ? 3 : 1);
    return known.get(world.below(busy ? Math.min(2, known.size()) : known.size()));
  }

  /** Rarely the same one. */
  private AccountNumber another(AccountNumber than, boolean token) {
    AccountNumber credit = account(token, false);
    List<AccountNumber> others = (token ? tokens : euros).stream().filter(account -> !account.equals(than)).toList();
    return credit.equals(than) && !others.isEmpty() && world.below(20) > 0 ? world.any(others) : credit;
  }

  private OpenAccount opening() {
    int number = openings++;
    Product product = number < 4 ? Product.INTERNAL : world.below(3) == 0 ? Product.SAVINGS : Product.CURRENT;
    String asset = world.below(40) == 0 ? "XXX" : number % 2 == 0 ? "EUR" : "QXC";
    Optional<String> alias = world.below(3) == 0 ? Optional.of("a" + world.below(8)) : Optional.empty();
    Optional<Amount> limit =
        product != Product.INTERNAL && world.below(3) == 0 ? Optional.of(Amount.of(world.below(500)))
            : Optional.empty();
    return new OpenAccount(newId(), asset, "Ada", product, alias, limit);
  }

  private ChangeAccount change() {
    ChangeAccount.Change change = switch (world.below(10)) {
      case 0 -> new ChangeAccount.Freeze(world.any(List.of(ChangeAccount.Side.values())));
      case 1, 2 -> new ChangeAccount.Unfreeze();
      case 3 -> new ChangeAccount.Close();
      case 4 -> new ChangeAccount.Rest();
      case 5, 6 -> new ChangeAccount.Reactivate();
      default -> new ChangeAccount.SetOverdraftLimit(Amount.of(world.below(300)));
    };
    return new ChangeAccount(newId(), account(world.below(2) == 0, false), change);
  }

  private Instruction turnOfDay() {
    if (world.below(2) == 0) {
      return new OpenBusinessDate(newId(), day(days++ + world.below(2)));
    }
    return new CloseBusinessDate(newId(), day(Math.max(0, days - 2 + world.below(2))));
  }

  private static BusinessDate day(int number) {
    return new BusinessDate(FIRST_DAY.date().plusDays(number));
  }

  /** An id that was used before, with another body; now and then in a group with new ones. */
  private Instruction reuse() {
    Instruction before = world.any(asked);
    UUID id = before.ids().get(world.below(before.ids().size()));
    TransferOrder order = order();
    var reusing = new TransferOrder(id, order.debit(), order.credit(), order.amount(), order.reference(),
        order.valueDate(), order.businessDate());
    return world.below(3) > 0 ? PostTransfers.of(reusing) : new PostTransfers(List.of(order(), reusing));
  }

  /** Breaks while it is decided: a fault that leaves no trace. */
  record Breaking(UUID id) implements Instruction {

    @Override
    public List<UUID> ids() {
      return List.of(id);
    }

    @Override
    public long fingerprint(int index) {
      return 1;
    }

    @Override
    public Decision decide(LedgerView view) {
      throw new IllegalStateException("broken on purpose");
    }
  }
}
