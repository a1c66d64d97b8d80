package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.HolidayCalendar;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.ClosePeriod;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.ReverseTransfer;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Plays days of random postings into a ledger, and reads the whole log back for slow and obvious answers. */
final class RandomHistory {

  private static final int INSTRUCTIONS_AT_ONCE = 50;

  private final LedgerFixture ledger;
  private final Random random;
  private final List<AccountNumber> euros = new ArrayList<>();
  private final List<AccountNumber> tokens = new ArrayList<>();
  private final List<UUID> posted = new ArrayList<>();
  private final List<UUID> holds = new ArrayList<>();
  private BusinessDate today = LedgerFixture.FIRST_DAY;
  private Optional<BusinessDate> yesterday = Optional.empty();

  RandomHistory(LedgerFixture ledger, long seed) {
    this.ledger = ledger;
    this.random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      openAccount();
    }
  }

  BusinessDate today() {
    return today;
  }

  List<AccountNumber> accounts() {
    var all = new ArrayList<>(euros);
    all.addAll(tokens);
    return all;
  }

  void play(int instructions) {
    for (int done = 0; done < instructions; done += INSTRUCTIONS_AT_ONCE) {
      var batch = new ArrayList<Instruction>();
      for (int i = 0; i < INSTRUCTIONS_AT_ONCE; i++) {
        batch.add(next());
      }
      ledger.engine().submitAll(batch);
      if (random.nextInt(4) == 0) {
        openAccount();
      }
    }
  }

  private Instruction next() {
    int dice = random.nextInt(100);
    if (dice == 0) {
      return new ChangeAccount(LedgerFixture.newId(), any(euros), new ChangeAccount.SetOverdraftLimit(
          Amount.of(random.nextInt(5_000))));
    }
    if (dice < 6) {
      return reserve(dice);
    }
    if (dice < 8 && !posted.isEmpty()) {
      return new ReverseTransfer(LedgerFixture.newId(), any(posted), Optional.empty(), valueDate());
    }
    if (dice < 16) {
      return new PostTransfers(List.of(order(euros, LedgerFixture.EUR), order(tokens, LedgerFixture.QXC)));
    }
    return noted(dice < 75 ? order(euros, LedgerFixture.EUR) : order(tokens, LedgerFixture.QXC));
  }

  private TransferOrder order(List<AccountNumber> accounts, Asset asset) {
    // the first account is internal and pays for most, so that there is something to move
    AccountNumber debit = random.nextInt(3) == 0 ? any(accounts) : accounts.get(0);
    BigInteger amount = asset.equals(LedgerFixture.EUR)
        ? BigInteger.valueOf(1 + random.nextInt(2_000))
        : new BigInteger(90, random).add(BigInteger.ONE);
    Optional<LocalDate> valueDate = valueDate();
    Optional<BusinessDate> date = random.nextInt(5) == 0 ? yesterday : Optional.empty();
    Optional<String> reference = random.nextBoolean() ? Optional.of("Rent \u20ac " + amount) : Optional.empty();
    return new TransferOrder(LedgerFixture.newId(), debit, any(accounts), new Money(Amount.of(amount), asset),
        reference,
        valueDate, date);
  }

  private PostTransfers noted(TransferOrder order) {
    posted.add(order.id());
    return PostTransfers.of(order);
  }

  /** Sometimes before or behind the day. */
  private Optional<LocalDate> valueDate() {
    return random.nextInt(3) == 0
        ? Optional.of(today.date().plusDays(random.nextInt(7) - 3L))
        : Optional.empty();
  }

  private Instruction reserve(int dice) {
    if (dice < 3 || holds.isEmpty()) {
      UUID id = LedgerFixture.newId();
      holds.add(id);
      return new PlaceHold(id, any(euros), new Money(Amount.of(1 + random.nextInt(500)), LedgerFixture.EUR),
          Optional.of(euros.get(0)), Optional.empty(), Optional.empty());
    }
    return dice == 3
        ? new ReleaseHold(LedgerFixture.newId(), any(holds))
        : new CaptureHold(LedgerFixture.newId(), any(holds),
            Optional.of(new Money(Amount.of(1 + random.nextInt(200)), LedgerFixture.EUR)), Optional.empty(),
            random.nextInt(4) == 0, Optional.empty(), valueDate());
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  void openAccount() {
    boolean euro = euros.size() <= tokens.size();
    List<AccountNumber> list = euro ? euros : tokens;
    list.add(ledger.open(list.isEmpty() ? Product.INTERNAL : random.nextBoolean() ? Product.CURRENT : Product.SAVINGS,
        euro ? LedgerFixture.EUR : LedgerFixture.QXC));
  }

  /** Opens the next day; the one before stays open. */
  void openNextDay() {
    yesterday = Optional.of(today);
    today = HolidayCalendar.WEEKENDS.next(today);
    ledger.submit(new OpenBusinessDate(LedgerFixture.newId(), today));
  }

  void closeYesterday() {
    ledger.submit(new CloseBusinessDate(LedgerFixture.newId(), yesterday.orElseThrow()));
    yesterday = Optional.empty();
  }

  /** Closes the books up to four days ago, where some postings are value-dated that come too late now. */
  void closePeriod() {
    ledger.submit(new ClosePeriod(LedgerFixture.newId(), today.date().minusDays(4)));
  }

  /** Every entry of the log, in order. */
  List<LedgerEntry> log() {
    var entries = new ArrayList<LedgerEntry>();
    try (Connection connection = ledger.database().getConnection()) {
      new LogStore(AssetTable.load(connection)).scan(connection, 0, Long.MAX_VALUE, row -> entries.add(row.entry()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return entries;
  }

  List<TransferPosted> transfers() {
    return log().stream().filter(TransferPosted.class::isInstance).map(TransferPosted.class::cast).toList();
  }

  /** Does something while the projection stays where it is. */
  void whileProjectionStands(Runnable work) {
    new TransactionPerCall(ledger.database()).run(database -> {
      try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
        statement.execute("select seq from ledger.projection for update");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      work.run();
      return true;
    });
  }
}
