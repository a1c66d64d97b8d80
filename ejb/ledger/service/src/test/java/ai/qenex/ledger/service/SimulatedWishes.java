package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What clients ask of the ledger: random, with few busy accounts, many quiet ones and some that do not exist. */
final class SimulatedWishes {

  static final BusinessDate FIRST_DAY = BusinessDate.parse("2027-03-01");
  private static final Asset EUR = SimulatedStore.ASSETS.get(0);
  private static final Asset QXC = SimulatedStore.ASSETS.get(1);
  private static final int FIRST_ACCOUNTS = 6;
  private static final int ACCOUNTS = 16;

  private final SimulatedWorld world;
  private final List<Instruction> asked = new ArrayList<>();
  private int openings;
  private int days;

  SimulatedWishes(SimulatedWorld world) {
    this.world = world;
  }

  /** All that was ever asked, once each. */
  List<Instruction> asked() {
    return asked;
  }

  Instruction next() {
    Instruction wish = openings < FIRST_ACCOUNTS ? opening() : invent();
    asked.add(wish);
    return wish;
  }

  private Instruction invent() {
    int dice = world.below(100);
    if (dice < 62) {
      return PostTransfers.of(order());
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
    }
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

  private PostTransfers group() {
    var orders = new ArrayList<TransferOrder>();
    int lines = 2 + world.below(4);
    for (int i = 0; i < lines; i++) {
      orders.add(order());
    }
    return new PostTransfers(orders);
  }

  private TransferOrder order() {
    boolean token = world.below(5) == 0;
    AccountNumber debit = account(token);
    AccountNumber credit = account(token);
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

  /** The first two are internal and busy; odd ones have euros. */
  private AccountNumber account(boolean token) {
    int pair = world.below(2) == 0 ? 0 : world.below(ACCOUNTS / 2);
    if (world.below(50) == 0) {
      token = !token;
    }
    return new AccountNumber(2L * pair + (token ? 2 : 1));
  }

  private OpenAccount opening() {
    int number = openings++;
    Product product = number < 2 ? Product.INTERNAL : world.below(3) == 0 ? Product.SAVINGS : Product.CURRENT;
    String asset = world.below(40) == 0 ? "XXX" : number % 2 == 0 ? "EUR" : "QXC";
    Optional<String> alias = world.below(3) == 0 ? Optional.of("a" + world.below(8)) : Optional.empty();
    Optional<Amount> limit =
        product != Product.INTERNAL && world.below(3) == 0 ? Optional.of(Amount.of(world.below(500)))
            : Optional.empty();
    return new OpenAccount(newId(), asset, "Ada", product, alias, limit);
  }

  private ChangeAccount change() {
    ChangeAccount.Change change = switch (world.below(6)) {
      case 0 -> new ChangeAccount.Freeze();
      case 1, 2 -> new ChangeAccount.Unfreeze();
      case 3 -> new ChangeAccount.Close();
      default -> new ChangeAccount.SetOverdraftLimit(Amount.of(world.below(300)));
    };
    return new ChangeAccount(newId(), new AccountNumber(3L + world.below(ACCOUNTS - 2)), change);
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
