package ai.qenex.ledger.conformance;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.engine.BusinessDay;
import ai.qenex.ledger.engine.LedgerState;
import ai.qenex.ledger.engine.Replay;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The accounts of a random bank, from which any number of equal ledgers can be made. */
public final class World {

  /** How the accounts of a world are. */
  public enum Mood {
    /** Open accounts with ordinary balances, and now and then another. */
    ORDINARY,
    /** There are no accounts at all. */
    EMPTY,
    /** No account takes anything. */
    FROZEN,
    /** Balances of up to 38 digits, below zero and above. */
    EXTREME
  }

  public static final Asset EUR = new Asset("EUR", 2);
  public static final Asset USD = new Asset("USD", 2);
  public static final Asset JPY = new Asset("JPY", 0);
  public static final List<Asset> ASSETS = List.of(EUR, USD, JPY);
  /** The latest open day; the one before is open too. */
  public static final BusinessDate TODAY = BusinessDate.parse("2027-03-02");
  /** Booking time of what is decided in a world. */
  public static final Instant NOW = Instant.parse("2027-03-02T10:00:00Z");

  private static final BigInteger LARGEST = BigInteger.TEN.pow(Amount.MAX_DIGITS).subtract(BigInteger.ONE);
  private static final int ACCOUNTS_OF_EACH = 5;
  private static final Amount HELD = Amount.of(70);
  private static final Amount LIMIT = Amount.of(5_000);

  private final List<Account> accounts = new ArrayList<>();
  private final List<Amount> balances = new ArrayList<>();

  private final Mood mood;

  private World(Mood mood) {
    this.mood = mood;
  }

  /** The same world for the same seed; its accounts have the same numbers and assets in every mood but EMPTY. */
  public static World of(long seed, Mood mood) {
    var world = new World(mood);
    if (mood != Mood.EMPTY) {
      var random = new SplittableRandom(seed);
      for (Asset asset : ASSETS) {
        for (String alias : List.of("position.", "income.fx.", "rounding.", "vault.")) {
          world.add(asset, Product.INTERNAL, Optional.of(alias + asset.code()), random);
        }
        for (int i = 0; i < ACCOUNTS_OF_EACH; i++) {
          world.add(asset, i == 0 ? Product.SAVINGS : Product.CURRENT, Optional.empty(), random);
        }
      }
    }
    return world;
  }

  private void add(Asset asset, Product product, Optional<String> alias, SplittableRandom random) {
    boolean internal = product == Product.INTERNAL;
    long number = accounts.size() + 1L;
    UUID id = UuidV7.of(NOW.toEpochMilli() - 1, number, number);
    AccountStatus status = mood == Mood.FROZEN ? AccountStatus.FROZEN
        : random.nextInt(12) == 0 && !internal ? AccountStatus.DORMANT : AccountStatus.OPEN;
    accounts.add(new Account(new AccountNumber(number), id, "0x%040x".formatted(number), Optional.empty(), alias, asset,
        "Party " + number, product, status, internal ? Optional.empty() : Optional.of(LIMIT)));
    balances.add(mood == Mood.EXTREME ? extreme(internal, random)
        : Amount.of(random.nextLong(internal ? -100_000 : -LIMIT.toLong(), 200_000)));
  }

  private static Amount extreme(boolean internal, SplittableRandom random) {
    BigInteger near = LARGEST.subtract(BigInteger.valueOf(random.nextInt(3)));
    return internal && random.nextBoolean() ? Amount.of(near.negate()) : Amount.of(near);
  }

  /** A ledger of its own in which everything is as in this world. */
  LedgerState ledger() {
    var state = new LedgerState(ASSETS);
    var replay = new Replay(state);
    for (int i = 0; i < accounts.size(); i++) {
      replay.account(accounts.get(i), balances.get(i), i + 1L);
    }
    Instant opened = NOW.minusSeconds(1);
    for (int i = 0; i < accounts.size(); i++) {
      if (hasHold(i)) {
        var reserved = new Money(HELD, accounts.get(i).asset());
        replay.hold(Hold.placed(holdOf(accounts.get(i).number()), new Effect.HoldPlacement(accounts.get(i).number(),
            reserved, Optional.empty(), NOW.plusSeconds(i), Optional.empty())));
      }
    }
    replay.day(new BusinessDay(BusinessDate.parse("2027-03-01"), 1, opened, OptionalLong.empty()));
    replay.day(new BusinessDay(TODAY, 2, opened, OptionalLong.empty()));
    replay.snapshotTaken(1_000, opened);
    return state;
  }

  private boolean hasHold(int index) {
    return accounts.get(index).status() == AccountStatus.OPEN && accounts.get(index).product() != Product.INTERNAL
        && balances.get(index).compareTo(HELD) > 0;
  }

  /** The id of the hold on an account, if there is one: on every open customer's account with money on it. */
  public static UUID holdOf(AccountNumber number) {
    return UuidV7.of(NOW.toEpochMilli() - 1, number.value(), -number.value());
  }

  public List<Account> accounts() {
    return List.copyOf(accounts);
  }

  /** Any of the customers' accounts of an asset, or now and then one that does not exist. */
  public AccountNumber anyAccount(Asset asset, RandomGenerator random) {
    List<Account> some = accounts.stream()
        .filter(account -> account.asset().equals(asset) && account.product() != Product.INTERNAL).toList();
    return some.isEmpty() || random.nextInt(40) == 0 ? new AccountNumber(random.nextInt(900, 1_000))
        : some.get(random.nextInt(some.size())).number();
  }

  public Asset anyAsset(RandomGenerator random) {
    return ASSETS.get(random.nextInt(ASSETS.size()));
  }

  /** More than zero: mostly small, now and then of many digits. */
  public Money anyMoney(Asset asset, RandomGenerator random) {
    return new Money(random.nextInt(10) > 0 ? Amount.of(random.nextLong(1, 50_000))
        : Amount.of(new BigInteger(120, new Random(random.nextLong())).add(BigInteger.ONE)), asset);
  }

  /** A text, or none. */
  public Optional<String> anyText(RandomGenerator random) {
    return random.nextBoolean() ? Optional.empty() : Optional.of("text " + random.nextInt(1_000));
  }
}
