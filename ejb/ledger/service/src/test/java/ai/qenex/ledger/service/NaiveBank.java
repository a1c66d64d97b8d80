package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The slow obvious ledger: it carries out instructions one after the other on plain numbers, and shares no code with
 * the one it judges.
 */
final class NaiveBank {

  private static final BigInteger LIMIT = BigInteger.TEN.pow(38);

  final Map<Long, NaiveAccount> accounts = new HashMap<>();
  final TreeSet<BusinessDate> openDates = new TreeSet<>();
  private final Set<String> aliases = new HashSet<>();
  private BusinessDate latestDate;

  static final class NaiveAccount {

    BigInteger balance = BigInteger.ZERO;
    /** Null: no floor. */
    BigInteger limit;
    String status = "open";
    String asset;
    long lastSeq;
  }

  /** What became of an instruction: per line one of these, or a refusal of all. */
  sealed interface Fact {}

  record Moved(long debit, long credit, BigInteger amount, BigInteger debitBalance, BigInteger creditBalance,
      BusinessDate date) implements Fact {}

  record AccountIs(long number, String status, BigInteger limit) implements Fact {}

  record DateIs(BusinessDate date, boolean open) implements Fact {}

  record No(int line, Clause clause) implements Fact {}

  /** Carries an instruction out. A refusal is a single {@link No}. */
  List<Fact> carryOut(Instruction instruction, long firstSeq) {
    if (instruction instanceof PostTransfers transfers) {
      return post(transfers, firstSeq);
    } else if (instruction instanceof OpenAccount opening) {
      return List.of(open(opening, firstSeq));
    } else if (instruction instanceof ChangeAccount change) {
      return List.of(change(change, firstSeq));
    } else if (instruction instanceof OpenBusinessDate opening) {
      return List.of(openDate(opening.date()));
    } else if (instruction instanceof CloseBusinessDate closing) {
      return List.of(closeDate(closing.date()));
    }
    throw new IllegalArgumentException("the oracle does not know " + instruction);
  }

  private List<Fact> post(PostTransfers transfers, long firstSeq) {
    var before = new HashMap<Long, BigInteger>();
    accounts.forEach((number, account) -> before.put(number, account.balance));
    var facts = new ArrayList<Fact>();
    for (TransferOrder order : transfers.orders()) {
      Optional<Clause> no = post(order, facts);
      if (no.isPresent()) {
        before.forEach((number, balance) -> accounts.get(number).balance = balance);
        return List.of(new No(facts.size(), no.get()));
      }
    }
    for (int i = 0; i < facts.size(); i++) {
      Moved moved = (Moved) facts.get(i);
      accounts.get(moved.debit).lastSeq = firstSeq + i;
      accounts.get(moved.credit).lastSeq = firstSeq + i;
    }
    return facts;
  }

  private Optional<Clause> post(TransferOrder order, List<Fact> facts) {
    long from = order.debit().value();
    long to = order.credit().value();
    if (from == to) {
      return Optional.of(Clause.SAME_ACCOUNT);
    }
    NaiveAccount debit = accounts.get(from);
    NaiveAccount credit = accounts.get(to);
    if (debit == null || credit == null) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    String asset = order.amount().asset().code();
    if (!debit.asset.equals(asset) || !credit.asset.equals(asset)) {
      return Optional.of(Clause.ASSET_MISMATCH);
    }
    for (NaiveAccount account : List.of(debit, credit)) {
      if (!account.status.equals("open")) {
        return Optional.of(account.status.equals("frozen") ? Clause.ACCOUNT_FROZEN : Clause.ACCOUNT_CLOSED);
      }
    }
    BusinessDate date = order.businessDate().orElse(openDates.last());
    if (!openDates.contains(date)) {
      return Optional.of(Clause.BUSINESS_DATE_NOT_OPEN);
    }
    BigInteger amount = order.amount().amount().toBigInteger();
    BigInteger less = debit.balance.subtract(amount);
    BigInteger more = credit.balance.add(amount);
    if (more.abs().compareTo(LIMIT) >= 0 || less.abs().compareTo(LIMIT) >= 0) {
      return Optional.of(Clause.BALANCE_OUT_OF_RANGE);
    }
    if (debit.limit != null && less.add(debit.limit).signum() < 0) {
      return Optional.of(Clause.EXCEEDS_AVAILABLE_BALANCE);
    }
    debit.balance = less;
    credit.balance = more;
    facts.add(new Moved(from, to, amount, less, more, date));
    return Optional.empty();
  }

  private Fact open(OpenAccount opening, long seq) {
    if (!opening.asset().equals("EUR") && !opening.asset().equals("QXC")) {
      return new No(0, Clause.ASSET_NOT_FOUND);
    }
    if (opening.alias().isPresent() && !aliases.add(opening.alias().get())) {
      return new No(0, Clause.ALIAS_TAKEN);
    }
    var account = new NaiveAccount();
    account.asset = opening.asset();
    account.lastSeq = seq;
    if (opening.product() != Product.INTERNAL) {
      account.limit = opening.overdraftLimit().map(limit -> limit.toBigInteger()).orElse(BigInteger.ZERO);
    }
    long number = accounts.size() + 1L;
    accounts.put(number, account);
    return new AccountIs(number, account.status, account.limit);
  }

  private Fact change(ChangeAccount change, long seq) {
    long number = change.account().value();
    NaiveAccount account = accounts.get(number);
    if (account == null) {
      return new No(0, Clause.ACCOUNT_NOT_FOUND);
    }
    Optional<Clause> no = change.change() instanceof ChangeAccount.SetOverdraftLimit set
        ? changeLimit(account, set.limit().toBigInteger())
        : changeStatus(account, change.change());
    if (no.isPresent()) {
      return new No(0, no.get());
    }
    account.lastSeq = seq;
    return new AccountIs(number, account.status, account.limit);
  }

  private static Optional<Clause> changeLimit(NaiveAccount account, BigInteger limit) {
    if (account.status.equals("closed")) {
      return Optional.of(Clause.ACCOUNT_STATE_FORBIDS);
    }
    if (account.limit == null) {
      return Optional.of(Clause.LIMIT_NOT_APPLICABLE);
    }
    if (account.balance.add(limit).signum() < 0) {
      return Optional.of(Clause.BALANCE_BELOW_NEW_LIMIT);
    }
    account.limit = limit;
    return Optional.empty();
  }

  private static Optional<Clause> changeStatus(NaiveAccount account, ChangeAccount.Change change) {
    boolean thaws = change instanceof ChangeAccount.Unfreeze;
    if (!account.status.equals(thaws ? "frozen" : "open")) {
      return Optional.of(Clause.ACCOUNT_STATE_FORBIDS);
    }
    if (change instanceof ChangeAccount.Close && account.balance.signum() != 0) {
      return Optional.of(Clause.ACCOUNT_NOT_EMPTY);
    }
    account.status = thaws ? "open" : change instanceof ChangeAccount.Freeze ? "frozen" : "closed";
    return Optional.empty();
  }

  private Fact openDate(BusinessDate date) {
    if (latestDate != null && !date.isAfter(latestDate)) {
      return new No(0, Clause.BUSINESS_DATE_OUT_OF_ORDER);
    }
    latestDate = date;
    openDates.add(date);
    return new DateIs(date, true);
  }

  private Fact closeDate(BusinessDate date) {
    if (!openDates.contains(date)) {
      return new No(0, Clause.BUSINESS_DATE_NOT_OPEN);
    }
    if (openDates.size() < 2 || !openDates.first().equals(date)) {
      return new No(0, Clause.BUSINESS_DATE_OUT_OF_ORDER);
    }
    openDates.remove(date);
    return new DateIs(date, false);
  }
}
