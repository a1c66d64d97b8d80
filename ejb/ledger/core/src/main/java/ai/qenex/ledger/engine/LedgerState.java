package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The ledger in memory. As a {@link LedgerView} it shows the writer's thread everything applied so far; the
 * {@code committed…} methods show any thread what the last commit left.
 */
public final class LedgerState implements LedgerView {

  /** Never changed in place, so that a reference is a snapshot. */
  private Map<String, Asset> assets;
  private final AccountTable accounts = new AccountTable();
  private UndoList undo = new UndoList();
  /** Never changed in place, so that a reference is a snapshot. */
  private SortedMap<BusinessDate, BusinessDay> days = Collections.emptySortedMap();
  private SortedSet<BusinessDate> openDates = Collections.emptySortedSet();
  private BusinessDate currentDate;
  /** Open ones, and until the next commit those that ended since the last. */
  private final Map<UUID, Hold> holds = new HashMap<>();
  private List<UUID> endedHolds = new ArrayList<>();
  /** What was applied up to the seal and is not published yet. */
  private UndoList sealedUndo = new UndoList();
  private List<UUID> sealedEndedHolds = new ArrayList<>();
  private Sealed sealed;
  private References references = new References();
  private Instant now = Instant.EPOCH;
  private long lastSeq;
  private Instant lastBookedAt = Instant.EPOCH;

  /** Never changed in place, by date. */
  private List<ClosedPeriod> periods = List.of();
  private Optional<LocalDate> closedThrough = Optional.empty();

  private volatile SortedMap<BusinessDate, BusinessDay> committedDays = days;
  private volatile List<ClosedPeriod> committedPeriods = periods;
  private volatile Map<String, Asset> committedAssets;
  private volatile long committedSeq;

  public LedgerState(Collection<Asset> assets) {
    this.assets = assets.stream().collect(Collectors.toUnmodifiableMap(Asset::code, asset -> asset));
    this.committedAssets = this.assets;
  }

  @Override
  public Optional<Account> account(AccountNumber number) {
    AccountState state = accounts.get(number);
    return state == null ? Optional.empty() : state.optional();
  }

  @Override
  public Amount booked(AccountNumber number) {
    AccountState state = accounts.get(number);
    return state == null ? Amount.ZERO : state.balance();
  }

  @Override
  public Amount held(AccountNumber number) {
    AccountState state = accounts.get(number);
    return state == null ? Amount.ZERO : state.held();
  }

  @Override
  public boolean certainlyAllows(AccountNumber debit, AccountNumber credit, Money amount) {
    AccountState from = accounts.get(debit);
    AccountState to = accounts.get(credit);
    return from != null && to != null && from != to && amount.amount().fitsLong()
        && from.certainlyPays(amount.asset(), amount.amount().toLong())
        && to.certainlyTakes(amount.asset(), amount.amount().toLong());
  }

  @Override
  public Optional<Hold> hold(UUID id) {
    Hold known = holds.get(id);
    return known == null ? references.endedHold(id) : Optional.of(known);
  }

  @Override
  public Optional<LedgerEntry> entry(UUID id) {
    return references.entry(id);
  }

  @Override
  public Optional<UUID> reversalOf(UUID transfer) {
    return references.reversalOf(transfer);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Optional<AccountNumber> numberOf(String alias) {
    return Optional.ofNullable(accounts.named(alias)).map(state -> state.account().number());
  }

  @Override
  public Optional<Asset> asset(String code) {
    return Optional.ofNullable(assets.get(code));
  }

  @Override
  public int assetCount() {
    return assets.size();
  }

  @Override
  public BusinessDate currentDate() {
    if (currentDate == null) {
      throw new NoSuchElementException("no business day was opened yet");
    }
    return currentDate;
  }

  @Override
  public SortedSet<BusinessDate> openDates() {
    return openDates;
  }

  @Override
  public Optional<LocalDate> closedThrough() {
    return closedThrough;
  }

  public long lastSeq() {
    return lastSeq;
  }

  /** Of the last entry; never goes backwards. */
  public Instant lastBookedAt() {
    return lastBookedAt;
  }

  public int accountCount() {
    return accounts.count();
  }

  /** The last log entry that other threads see the effects of. */
  public long committedSeq() {
    return committedSeq;
  }

  /** Empty if no such account is committed. */
  public Optional<CommittedAccount> committed(AccountNumber number) {
    // the volatile read makes what was added before the last commit visible
    return committedSeq < 0 ? Optional.empty() : seen(accounts.get(number));
  }

  /** Empty if no such account is committed. */
  public Optional<CommittedAccount> committed(AccountRef ref) {
    Object name;
    if (ref instanceof AccountRef.ById byId) {
      name = byId.id();
    } else if (ref instanceof AccountRef.ByIban byIban) {
      name = byIban.iban();
    } else if (ref instanceof AccountRef.ByAddress byAddress) {
      name = byAddress.address();
    } else {
      name = ((AccountRef.ByAlias) ref).alias();
    }
    return seen(accounts.named(name));
  }

  /** All days of the bank's life as of the last commit, unmodifiable. */
  public SortedMap<BusinessDate, BusinessDay> committedDays() {
    return committedDays;
  }

  /** All closed periods as of the last commit, by date. */
  public List<ClosedPeriod> committedPeriods() {
    return committedPeriods;
  }

  /** All assets as of the last commit. */
  public Collection<Asset> assets() {
    return committedAssets.values();
  }

  private static Optional<CommittedAccount> seen(AccountState state) {
    return state == null ? Optional.empty() : Optional.ofNullable(state.committed());
  }

  // ---- the writer's thread only ----

  /** What is decided from now on happens then, with that past in sight. */
  void see(References past, Instant bookingTime) {
    references = past;
    now = bookingTime;
  }

  boolean isHeld(UUID hold) {
    return holds.containsKey(hold);
  }

  Collection<Hold> openHolds() {
    return holds.values();
  }

  AccountState stateOf(AccountNumber number) {
    AccountState state = accounts.get(number);
    if (state == null) {
      throw new IllegalStateException("there is no account " + number);
    }
    return state;
  }

  void open(Account account, long seq) {
    var state = new AccountState(account, Amount.ZERO, seq);
    accounts.add(state);
    undo.noteOpening(state);
  }

  void change(AccountState state, Account changed, long seq) {
    undo.noteChange(state);
    state.become(changed);
    state.move(state.balance(), seq);
  }

  void move(AccountState state, Amount balance, long seq) {
    undo.noteChange(state);
    state.move(balance, seq);
  }

  /** @throws IllegalStateException if there is an open hold with that id */
  void place(Hold hold, long seq) {
    if (holds.putIfAbsent(hold.id(), hold) != null) {
      throw new IllegalStateException("hold " + hold.id() + " is placed already");
    }
    undo.noteOther(() -> holds.remove(hold.id()));
    reserve(stateOf(hold.account()), hold.held(), seq);
  }

  /** @throws IllegalStateException if there is no such hold, or it would reserve more than before */
  void become(Hold after, long seq) {
    Hold before = openHold(after.id());
    Amount freed = before.held().minus(after.held());
    if (freed.isNegative()) {
      throw new IllegalStateException("hold " + after.id() + " cannot grow");
    }
    holds.put(after.id(), after);
    undo.noteOther(() -> holds.put(before.id(), before));
    if (!after.isOpen()) {
      endedHolds.add(after.id());
    }
    reserve(stateOf(after.account()), freed.negated(), seq);
  }

  /** @throws IllegalStateException if there is no open hold with that id */
  Hold openHold(UUID id) {
    Hold hold = holds.get(id);
    if (hold == null || !hold.isOpen()) {
      throw new IllegalStateException("there is no open hold " + id);
    }
    return hold;
  }

  private void reserve(AccountState state, Amount more, long seq) {
    Amount before = state.held();
    Amount after = before.plus(more);
    if (after.isNegative()) {
      throw new IllegalStateException("account " + state.account().number() + " holds less than nothing");
    }
    undo.noteChange(state);
    state.hold(after);
    state.move(state.balance(), seq);
  }

  /** @throws IllegalStateException if the code is taken */
  void register(Asset asset) {
    Map<String, Asset> before = assets;
    var more = new HashMap<>(before);
    if (more.putIfAbsent(asset.code(), asset) != null) {
      throw new IllegalStateException("asset " + asset + " is registered already");
    }
    undo.noteOther(() -> assets = before);
    assets = Collections.unmodifiableMap(more);
  }

  void openDay(BusinessDay day) {
    if (!days.isEmpty() && !day.date().isAfter(days.lastKey())) {
      throw new IllegalStateException("day " + day.date() + " cannot open after " + days.lastKey());
    }
    withDay(day);
  }

  void closeDay(BusinessDate date, long seq) {
    if (!openDates.contains(date) || openDates.size() < 2 || !openDates.first().equals(date)) {
      throw new IllegalStateException("day " + date + " cannot close while " + openDates + " are open");
    }
    withDay(days.get(date).closed(seq));
  }

  void closePeriod(ClosedPeriod period) {
    boolean inOrder = closedThrough.isEmpty() || period.through().isAfter(closedThrough.get());
    if (!inOrder || openDates.isEmpty() || !period.through().isBefore(openDates.first().date())) {
      throw new IllegalStateException("the period up to " + period.through() + " cannot close while " + openDates
          + " are open and all is closed up to " + closedThrough);
    }
    List<ClosedPeriod> before = periods;
    undo.noteOther(() -> usePeriods(before));
    var changed = new ArrayList<>(periods);
    changed.add(period);
    usePeriods(List.copyOf(changed));
  }

  private void usePeriods(List<ClosedPeriod> newPeriods) {
    periods = newPeriods;
    closedThrough = periods.isEmpty() ? Optional.empty() : Optional.of(periods.get(periods.size() - 1).through());
  }

  /** As {@link #closeDay}, for days that come from a snapshot one by one. */
  void restoreClosed(BusinessDate date, long seq) {
    withDay(days.get(date).closed(seq));
  }

  private void withDay(BusinessDay day) {
    SortedMap<BusinessDate, BusinessDay> before = days;
    undo.noteOther(() -> useDays(before));
    var changed = new TreeMap<>(days);
    changed.put(day.date(), day);
    useDays(Collections.unmodifiableSortedMap(changed));
  }

  private void useDays(SortedMap<BusinessDate, BusinessDay> newDays) {
    days = newDays;
    var open = new TreeSet<BusinessDate>();
    newDays.values().stream().filter(BusinessDay::isOpen).map(BusinessDay::date).forEach(open::add);
    openDates = Collections.unmodifiableSortedSet(open);
    currentDate = open.isEmpty() ? null : open.last();
  }

  void advance(long seq, Instant bookedAt) {
    lastSeq = seq;
    lastBookedAt = bookedAt;
  }

  /** A point to go {@link #backTo}, valid until the next {@link #seal}. */
  Mark mark() {
    return new Mark(undo.size(), lastSeq, lastBookedAt);
  }

  void backTo(Mark mark) {
    undo.backTo(mark.undoSize, accounts);
    lastSeq = mark.seq;
    lastBookedAt = mark.bookedAt;
  }

  /**
   * Takes back all that is not published.
   *
   * @param first where the first of it began
   */
  void backToPublished(Mark first) {
    undo.backTo(0, accounts);
    sealedUndo.backTo(0, accounts);
    endedHolds.clear();
    sealedEndedHolds.clear();
    lastSeq = first.seq;
    lastBookedAt = first.bookedAt;
  }

  /** What was applied so far is published next, as it is now, while more is applied. */
  void seal() {
    UndoList emptyUndo = sealedUndo;
    sealedUndo = undo;
    undo = emptyUndo;
    List<UUID> emptyHolds = sealedEndedHolds;
    sealedEndedHolds = endedHolds;
    endedHolds = emptyHolds;
    sealed = new Sealed(days, periods, assets, lastSeq);
  }

  /** Shows other threads everything applied up to the {@link #seal}. */
  void publishSealed() {
    sealedUndo.publish(undo, sealed.seq);
    forgetEndedHolds();
    committedDays = sealed.days;
    committedPeriods = sealed.periods;
    committedAssets = sealed.assets;
    committedSeq = sealed.seq;
  }

  /** Shows other threads everything applied so far. */
  void publish() {
    seal();
    publishSealed();
  }

  private void forgetEndedHolds() {
    for (UUID id : sealedEndedHolds) {
      Hold hold = holds.get(id);
      if (hold != null && !hold.isOpen()) {
        holds.remove(id);
      }
    }
    sealedEndedHolds.clear();
  }

  record Mark(int undoSize, long seq, Instant bookedAt) {}

  private record Sealed(SortedMap<BusinessDate, BusinessDay> days, List<ClosedPeriod> periods,
      Map<String, Asset> assets, long seq) {}
}
