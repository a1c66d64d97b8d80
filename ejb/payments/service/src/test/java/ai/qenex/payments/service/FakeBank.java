package ai.qenex.payments.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.HolidayCalendar;
import ai.qenex.kernel.Iban;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.Page;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Balance;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Product;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/** A ledger in memory that decides as the real instructions do, remembers every answer, and can be told to fail. */
final class FakeBank implements Ledger, Accounts, LedgerHistory, BusinessDays, LedgerView {

  static final Asset EUR = new Asset("EUR", 2);
  static final Asset JPY = new Asset("JPY", 0);
  static final Asset QXC = new Asset("QXC", 18);
  static final Instant START = Instant.parse("2027-02-26T08:00:00Z");

  private final Map<UUID, Outcome> answers = new HashMap<>();
  private final Map<AccountNumber, Account> byNumber = new TreeMap<>();
  private final Map<AccountNumber, Amount> balances = new HashMap<>();
  private final List<TransferPosted> log = new ArrayList<>();
  private final Map<BusinessDate, Instant> cutOffs = new HashMap<>();
  private final TreeSet<BusinessDate> open = new TreeSet<>();
  private Runnable beforeAnswer = () -> {};
  private long seq;
  private int accountCount;

  FakeBank(String day) {
    open.add(BusinessDate.parse(day));
  }

  /** Runs after each submission was carried out and before it is answered. @return what ran until now */
  Runnable beforeAnswer(Runnable action) {
    Runnable before = beforeAnswer;
    beforeAnswer = action;
    return before;
  }

  /** A customer's account with money from nowhere. */
  Account customer(Asset asset, String owner, long minorUnits) {
    Account account = open(asset, owner, Product.CURRENT, Optional.empty());
    balances.put(account.number(), Amount.of(minorUnits));
    return account;
  }

  void status(Account account, AccountStatus status) {
    byNumber.put(account.number(),
        new Account(account.number(), account.id(), account.address(), account.iban(), account.alias(),
            account.asset(), account.owner(), account.product(), status, account.overdraftLimit()));
  }

  Amount bookedOf(Account account) {
    return booked(account.number());
  }

  List<TransferPosted> transfers() {
    return log;
  }

  Account open(Asset asset, String owner, Product product, Optional<String> alias) {
    var number = new AccountNumber(++accountCount);
    Optional<Iban> iban = product == Product.INTERNAL
        ? Optional.empty()
        : Optional.of(Iban.of("DE", "50099900" + "%010d".formatted(number.value())));
    var account = new Account(number, UuidV7.of(START.toEpochMilli(), 1, number.value()),
        "0x" + "%040x".formatted(number.value()),
        iban, alias, asset, owner, product, AccountStatus.OPEN,
        product == Product.INTERNAL ? Optional.empty() : Optional.of(Amount.ZERO));
    byNumber.put(number, account);
    return account;
  }

  @Override
  public synchronized Outcome submit(Instruction instruction) {
    Outcome outcome = answer(instruction);
    beforeAnswer.run();
    return outcome;
  }

  @Override
  public synchronized List<Outcome> submitAll(List<? extends Instruction> instructions) {
    List<Outcome> outcomes = instructions.stream().map(this::answer).toList();
    beforeAnswer.run();
    return outcomes;
  }

  private Outcome answer(Instruction instruction) {
    UUID id = instruction.ids().get(0);
    Outcome known = answers.get(id);
    if (known == null) {
      known = instruction instanceof OpenAccount opening ? open(opening) : decide(id, instruction.decide(this));
      answers.put(id, known);
    }
    return known;
  }

  private Outcome open(OpenAccount opening) {
    Account account = open(asset(opening.asset()).orElseThrow(), opening.owner(), opening.product(), opening.alias());
    return new Outcome.Accepted(
        List.of(new LedgerEntry.AccountOpened(++seq, opening.id(), START.plusSeconds(seq), account)), false);
  }

  private Outcome decide(UUID id, Decision decision) {
    if (decision instanceof Decision.Reject reject) {
      seq++;
      return new Outcome.Refused(reject.refusal(), false);
    }
    var effect = (Effect.Transfer) ((Decision.Accept) decision).effects().get(0);
    Amount debit = booked(effect.debit()).minus(effect.amount().amount());
    Amount credit = booked(effect.credit()).plus(effect.amount().amount());
    balances.put(effect.debit(), debit);
    balances.put(effect.credit(), credit);
    var posted = new TransferPosted(++seq, id, START.plusSeconds(seq), effect.businessDate(), effect.valueDate(),
        effect.debit(), effect.credit(), effect.amount(), debit, credit, effect.reference());
    log.add(posted);
    return new Outcome.Accepted(List.of(posted), false);
  }

  @Override
  public Optional<Account> find(AccountRef ref) {
    return byNumber.values().stream().filter(account -> isNamed(account, ref)).findFirst();
  }

  private static boolean isNamed(Account account, AccountRef ref) {
    if (ref instanceof AccountRef.ByIban byIban) {
      return account.iban().equals(Optional.of(byIban.iban()));
    }
    if (ref instanceof AccountRef.ByAlias byAlias) {
      return account.alias().equals(Optional.of(byAlias.alias()));
    }
    return ref instanceof AccountRef.ById byId && account.id().equals(byId.id());
  }

  @Override
  public Optional<Account> find(AccountNumber number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  @Override
  public Optional<AccountNumber> numberOf(AccountRef ref) {
    return find(ref).map(Account::number);
  }

  @Override
  public Balance balance(AccountNumber number) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Balance balanceAt(AccountNumber number, Instant bookedAt) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Balance balanceAtValueDate(AccountNumber number, LocalDate valueDate) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Asset> assets() {
    return List.of(EUR, JPY, QXC);
  }

  @Override
  public int assetCount() {
    return assets().size();
  }

  @Override
  public Optional<Asset> asset(String code) {
    return assets().stream().filter(asset -> asset.code().equals(code)).findFirst();
  }

  @Override
  public Optional<Account> account(AccountNumber number) {
    return find(number);
  }

  @Override
  public Amount booked(AccountNumber number) {
    return balances.getOrDefault(number, Amount.ZERO);
  }

  @Override
  public Optional<AccountNumber> numberOf(String alias) {
    return numberOf(new AccountRef.ByAlias(alias));
  }

  @Override
  public BusinessDate currentDate() {
    return open.last();
  }

  @Override
  public Optional<LocalDate> closedThrough() {
    return Optional.empty();
  }

  @Override
  public SortedSet<BusinessDate> openDates() {
    return open;
  }

  @Override
  public BusinessDate current() {
    return open.last();
  }

  @Override
  public SortedSet<BusinessDate> open() {
    return open;
  }

  @Override
  public boolean isClosed(BusinessDate date) {
    return !open.contains(date) && date.isBefore(open.first());
  }

  @Override
  public Optional<Instant> cutOffOf(BusinessDate date) {
    return Optional.ofNullable(cutOffs.get(date));
  }

  @Override
  public synchronized BusinessDate openNext(BusinessDate date) {
    BusinessDate next = HolidayCalendar.WEEKENDS.next(date);
    open.add(next);
    cutOffs.put(date, Instant.parse(date + "T17:00:00.123456Z"));
    return next;
  }

  @Override
  public void close(BusinessDate date) {
    open.remove(date);
  }

  @Override
  public Optional<LedgerEntry> find(UUID id) {
    return log.stream().filter(entry -> entry.id().equals(id)).map(LedgerEntry.class::cast).findFirst();
  }

  @Override
  public List<LedgerEntry> findAll(List<UUID> ids) {
    return ids.stream().map(this::find).flatMap(Optional::stream).toList();
  }

  @Override
  public Page<TransferPosted> transfersOf(AccountNumber account, int limit, Optional<String> cursor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<AccountNumber> accountsMovedOn(BusinessDate date) {
    var moved = new TreeSet<AccountNumber>();
    log.stream().filter(entry -> entry.businessDate().equals(date)).forEach(entry -> {
      moved.add(entry.debit());
      moved.add(entry.credit());
    });
    return List.copyOf(moved);
  }

  @Override
  public void transfersOn(BusinessDate date, AccountNumber account, Consumer<TransferPosted> receiver) {
    log.stream().filter(entry -> entry.businessDate().equals(date)
        && (entry.debit().equals(account) || entry.credit().equals(account))).forEach(receiver);
  }

  @Override
  public String hashOf(TransferPosted transfer) {
    throw new UnsupportedOperationException();
  }

  /** Balances by owner, for comparison. */
  Map<String, Money> byOwner() {
    var all = new LinkedHashMap<String, Money>();
    byNumber.values().forEach(
        account -> all.put(account.alias().orElse(account.owner()), new Money(bookedOf(account), account.asset())));
    return all;
  }

  @Override
  public Amount held(AccountNumber number) {
    return Amount.ZERO;
  }

  @Override
  public Optional<Hold> hold(UUID id) {
    return Optional.empty();
  }

  @Override
  public Optional<LedgerEntry> entry(UUID id) {
    return find(id);
  }

  @Override
  public Optional<UUID> reversalOf(UUID transfer) {
    return Optional.empty();
  }

  @Override
  public Instant now() {
    return START;
  }
}
