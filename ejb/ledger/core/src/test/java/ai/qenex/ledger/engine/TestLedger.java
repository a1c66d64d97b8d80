package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** An engine whose log is a list: each instruction is a batch of its own unless a test says otherwise. */
public final class TestLedger {

  public static final Asset EUR = new Asset("EUR", 2);
  public static final Asset USD = new Asset("USD", 2);
  public static final BusinessDate DAY = BusinessDate.parse("2027-03-01");
  public static final Instant NOW = Instant.parse("2027-03-01T09:00:00.123456789Z");
  public static final Duration SKEW = Duration.ofMinutes(5);

  final List<LogRow> log = new ArrayList<>();
  final LedgerState state = new LedgerState(List.of(EUR, USD));
  final PostingEngine engine;
  private long ids;
  /** What the next batch's clock says. */
  Instant now = NOW;

  public TestLedger() {
    this(1_000);
  }

  TestLedger(int windowIds) {
    this(windowIds, () -> 0);
  }

  TestLedger(int windowIds, LongSupplier nanoTime) {
    engine = new PostingEngine(new PostingEngine.Memory(state, new IdWindow(windowIds)),
        IbanScheme.ofBankCode("DE", "50099900"), SKEW, DecisionBudget.standard(nanoTime));
    submit(new OpenBusinessDate(newId(), DAY));
  }

  public UUID newId() {
    return UuidV7.of(NOW.toEpochMilli(), 0, ++ids);
  }

  public Outcome submit(Instruction instruction) {
    return submitAll(List.of(instruction)).get(0);
  }

  /** As one batch. */
  List<Outcome> submitAll(List<? extends Instruction> batch) {
    List<Outcome> outcomes = decide(batch).stream().map(answer -> ((Answer.Decided) answer).outcome()).toList();
    commit();
    return outcomes;
  }

  List<Answer> decide(List<? extends Instruction> batch) {
    engine.begin(now, recorded(batch));
    return batch.stream().map(engine::decide).toList();
  }

  void commit() {
    log.addAll(engine.rows());
    engine.commit();
  }

  private Map<UUID, LogRow> recorded(List<? extends Instruction> batch) {
    List<UUID> unsure = batch.stream().flatMap(asked -> Stream.of(asked.ids(), asked.legIds()))
        .flatMap(Collection::stream).filter(engine::mustLookUp).toList();
    var found = new HashMap<UUID, LogRow>();
    List<UUID> referred = batch.stream().flatMap(asked -> asked.refersTo().stream())
        .filter(engine::mustLookUpReferred).toList();
    log.stream().filter(row -> unsure.contains(row.entry().id()) || isOneOf(referred, row.entry()))
        .forEach(row -> found.put(row.entry().id(), row));
    return found;
  }

  private static boolean isOneOf(List<UUID> referred, LedgerEntry entry) {
    return referred.contains(entry.id())
        || entry instanceof HoldReleased released && referred.contains(released.hold())
        || entry instanceof HoldExpired expired && referred.contains(expired.hold())
        || entry instanceof TransferPosted posted && posted.link()
            .map(link -> link instanceof Link.Captures captures ? captures.hold() : ((Link.Reverses) link).transfer())
            .map(referred::contains).orElse(false);
  }

  public Clause clauseOf(Instruction instruction) {
    return ((Outcome.Refused) submit(instruction)).refusal().clause();
  }

  public Map<String, String> figuresOf(Instruction instruction) {
    return ((Outcome.Refused) submit(instruction)).refusal().figures();
  }

  public AccountNumber open(Product product) {
    return open(new OpenAccount(newId(), "EUR", "Ada", product, Optional.empty(), Optional.empty()));
  }

  public AccountNumber open(OpenAccount opening) {
    var accepted = (Outcome.Accepted) submit(opening);
    return ((LedgerEntry.AccountOpened) accepted.entries().get(0)).account().number();
  }

  public Outcome change(AccountNumber account, ChangeAccount.Change change) {
    return submit(new ChangeAccount(newId(), account, change));
  }

  public PostTransfers transfer(AccountNumber debit, AccountNumber credit, long cents) {
    return PostTransfers.of(order(debit, credit, cents));
  }

  public TransferOrder order(AccountNumber debit, AccountNumber credit, long cents) {
    return TransferOrder.of(newId(), debit, credit, Money.ofMinorUnits(cents, EUR));
  }

  public AccountNumber numberOf(String alias) {
    return state.numberOf(alias).orElseThrow();
  }

  public Account accountOf(AccountNumber number) {
    return state.committed(number).orElseThrow().account();
  }

  /** What the clock says from the next batch on. */
  public void passTime(Duration time) {
    now = now.plus(time);
  }

  public long booked(AccountNumber number) {
    return balance(number).toLong();
  }

  public Amount balance(AccountNumber number) {
    return state.committed(number).map(CommittedAccount::booked).orElseThrow();
  }

  /** Everything there is to see of a state. */
  record Image(List<AccountImage> accounts, Set<Hold> holds, String dates, long lastSeq, Instant lastBookedAt,
      int names) {}

  record AccountImage(Account account, Amount balance, Amount held, Optional<Amount> floor, long lastSeq,
      Optional<CommittedAccount> committed) {}

  static Image imageOf(LedgerState state) {
    var accounts = new ArrayList<AccountImage>();
    int names = 0;
    for (long number = 1; number <= state.accountCount(); number++) {
      AccountState account = state.stateOf(new AccountNumber(number));
      accounts.add(new AccountImage(account.account(), account.balance(), account.held(), account.floor(),
          account.lastSeq(),
          Optional.ofNullable(account.committed())));
      names += account.account().alias().map(alias -> state.numberOf(alias).isPresent() ? 1 : -1).orElse(0);
    }
    return new Image(accounts, Set.copyOf(state.openHolds()), state.openDates().toString(), state.lastSeq(),
        state.lastBookedAt(), names);
  }
}
