package ai.qenex.settlement.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.Page;
import ai.qenex.kernel.QenexException;
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
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Product;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/** A ledger in memory that takes the real instructions by their real decisions, and can die right behind a commit. */
final class FakeLedger implements Ledger, Accounts, LedgerHistory, BusinessDays, LedgerView {

  private static final Instant CUT_OFF = Instant.parse("2027-03-01T18:00:00Z");

  private final List<Asset> assets;
  private final SortedSet<BusinessDate> open = new TreeSet<>();
  private final TreeMap<AccountNumber, Account> accounts = new TreeMap<>();
  private final Map<UUID, Outcome> outcomes = new HashMap<>();
  final List<TransferPosted> transfers = new ArrayList<>();
  /** The next submission is carried out, but its answer gets lost. */
  boolean losesNextAnswer;

  FakeLedger(List<Asset> assets, BusinessDate openDate) {
    this.assets = List.copyOf(assets);
    open.add(openDate);
  }

  @Override
  public Outcome submit(Instruction instruction) {
    Outcome known = outcomes.get(instruction.ids().get(0));
    if (known != null) {
      return known;
    }
    Decision decision = instruction.decide(this);
    Outcome outcome = decision instanceof Decision.Accept accept
        ? carryOut(instruction.ids(), accept.effects())
        : new Outcome.Refused(((Decision.Reject) decision).refusal(), false);
    instruction.ids().forEach(id -> outcomes.put(id, outcome));
    if (losesNextAnswer) {
      losesNextAnswer = false;
      throw new QenexException(ErrorCode.UNAVAILABLE, "the server died");
    }
    return outcome;
  }

  private Outcome carryOut(List<UUID> ids, List<Effect> effects) {
    var entries = new ArrayList<LedgerEntry>();
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i) instanceof Effect.Transfer transfer) {
        var posted =
            new TransferPosted(transfers.size() + 1, ids.get(i), CUT_OFF, transfer.businessDate(), transfer.valueDate(),
                transfer.debit(), transfer.credit(), transfer.amount(), Amount.ZERO, Amount.ZERO, transfer.reference());
        transfers.add(posted);
        entries.add(posted);
      } else if (effects.get(i) instanceof Effect.Opening opening) {
        var number = new AccountNumber(accounts.size() + 1);
        var account =
            new Account(number, ids.get(i), "0x", Optional.empty(), opening.alias(), opening.asset(), opening.owner(),
                opening.product(), AccountStatus.OPEN, opening.overdraftLimit());
        accounts.put(number, account);
        entries.add(new AccountOpened(1, ids.get(i), CUT_OFF, account));
      }
    }
    return new Outcome.Accepted(entries, false);
  }

  /** Holds an account that no instruction of today would open, as one opened under earlier rules. */
  void hold(String alias, Asset asset, Product product) {
    var number = new AccountNumber(accounts.size() + 1);
    accounts.put(number, new Account(number, new UUID(0, number.value()), "0x", Optional.empty(), Optional.of(alias),
        asset, "somebody", product, AccountStatus.OPEN, Optional.empty()));
  }

  void setStatus(String alias, AccountStatus status) {
    Account old = accounts.get(numberOf(alias).orElseThrow());
    accounts.put(old.number(),
        new Account(old.number(), old.id(), old.address(), old.iban(), old.alias(), old.asset(), old.owner(),
            old.product(), status, old.overdraftLimit()));
  }

  Amount bookedOf(String alias) {
    return numberOf(alias).map(this::booked).orElse(Amount.ZERO);
  }

  @Override
  public Amount booked(AccountNumber number) {
    Amount sum = Amount.ZERO;
    for (TransferPosted transfer : transfers) {
      if (transfer.credit().equals(number)) {
        sum = sum.plus(transfer.amount().amount());
      }
      if (transfer.debit().equals(number)) {
        sum = sum.minus(transfer.amount().amount());
      }
    }
    return sum;
  }

  @Override
  public void transfersOn(BusinessDate date, AccountNumber account, Consumer<TransferPosted> receiver) {
    transfers.stream().filter(transfer -> transfer.businessDate().equals(date)
        && (transfer.debit().equals(account) || transfer.credit().equals(account))).forEach(receiver);
  }

  @Override
  public Optional<AccountNumber> numberOf(String alias) {
    return accounts.values().stream().filter(account -> account.alias().equals(Optional.of(alias))).map(Account::number)
        .findFirst();
  }

  @Override
  public Optional<AccountNumber> numberOf(AccountRef ref) {
    return ref instanceof AccountRef.ByAlias byAlias ? numberOf(byAlias.alias()) : Optional.empty();
  }

  @Override
  public Optional<Account> account(AccountNumber number) {
    return Optional.ofNullable(accounts.get(number));
  }

  @Override
  public Optional<Account> find(AccountNumber number) {
    return account(number);
  }

  @Override
  public List<Asset> assets() {
    return assets;
  }

  @Override
  public int assetCount() {
    return assets.size();
  }

  @Override
  public Optional<Asset> asset(String code) {
    return assets.stream().filter(asset -> asset.code().equals(code)).findFirst();
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
    return !open.contains(date);
  }

  @Override
  public Optional<Instant> cutOffOf(BusinessDate date) {
    return Optional.of(CUT_OFF);
  }

  @Override
  public BusinessDate openNext(BusinessDate date) {
    throw notNeeded();
  }

  @Override
  public void close(BusinessDate date) {
    throw notNeeded();
  }

  @Override
  public List<Outcome> submitAll(List<? extends Instruction> instructions) {
    return instructions.stream().map(this::submit).toList();
  }

  @Override
  public Optional<Account> find(AccountRef ref) {
    throw notNeeded();
  }

  @Override
  public Balance balance(AccountNumber number) {
    Asset asset = accounts.get(number).asset();
    Money booked = new Money(booked(number), asset);
    return new Balance(booked, new Money(Amount.ZERO, asset), booked, transfers.size());
  }

  @Override
  public Balance balanceAt(AccountNumber number, Instant bookedAt) {
    throw notNeeded();
  }

  @Override
  public Balance balanceAtValueDate(AccountNumber number, LocalDate valueDate) {
    throw notNeeded();
  }

  @Override
  public Optional<LedgerEntry> find(UUID id) {
    throw notNeeded();
  }

  @Override
  public List<LedgerEntry> findAll(List<UUID> ids) {
    throw notNeeded();
  }

  @Override
  public Page<TransferPosted> transfersOf(AccountNumber account, int limit, Optional<String> cursor) {
    throw notNeeded();
  }

  @Override
  public List<AccountNumber> accountsMovedOn(BusinessDate date) {
    throw notNeeded();
  }

  @Override
  public String hashOf(TransferPosted transfer) {
    throw notNeeded();
  }

  private static UnsupportedOperationException notNeeded() {
    return new UnsupportedOperationException("settlement does not ask for this");
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
    return CUT_OFF;
  }
}
