package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.CloseBusinessDate;
import ai.qenex.ledger.ExpireHold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.ReverseTransfer;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The slow obvious ledger: it carries out instructions one after the other on plain numbers, and shares no code with
 * the one it judges.
 */
final class NaiveBank {

  private static final BigInteger LIMIT = BigInteger.TEN.pow(38);
  private static final long LONGEST_HOLD_DAYS = 3_660;

  Map<Long, NaiveAccount> accounts = new HashMap<>();
  final TreeSet<BusinessDate> openDates = new TreeSet<>();
  private Map<UUID, NaiveHold> holds = new HashMap<>();
  private Map<UUID, NaiveTransfer> transfers = new HashMap<>();
  private final Set<String> aliases = new HashSet<>();
  private BusinessDate latestDate;
  private Instant now = Instant.EPOCH;
  private long seq;

  /** @param limit null: no floor */
  record NaiveAccount(BigInteger balance, BigInteger held, BigInteger limit, String status, String asset,
      long lastSeq) {

    boolean mayStandAt(BigInteger newBalance, BigInteger newHeld) {
      return limit == null || newBalance.add(limit).subtract(newHeld).signum() >= 0;
    }

    NaiveAccount at(BigInteger newBalance, BigInteger newHeld, long atSeq) {
      return new NaiveAccount(newBalance, newHeld, limit, status, asset, atSeq);
    }

    boolean takesDebits() {
      return status.equals("open") || status.equals("credits_frozen");
    }

    boolean takesCredits() {
      return status.equals("open") || status.equals("debits_frozen") || status.equals("dormant");
    }

    Clause whyNot() {
      return status.equals("closed") ? Clause.ACCOUNT_CLOSED
          : status.equals("dormant") ? Clause.ACCOUNT_DORMANT : Clause.ACCOUNT_FROZEN;
    }
  }

  /** @param beneficiary null: anybody */
  record NaiveHold(long account, BigInteger held, Long beneficiary, Instant expiresAt) {}

  record NaiveTransfer(TransferOrder order, boolean reversal, boolean reversed) {}

  /** What became of an instruction: per line one of these, or a refusal of all. */
  sealed interface Fact {}

  record Moved(long debit, long credit, BigInteger amount, BigInteger debitBalance, BigInteger creditBalance,
      BusinessDate date) implements Fact {}

  record Held(long account, BigInteger amount, BigInteger booked) implements Fact {}

  record GivenBack(UUID hold, BigInteger amount, boolean expired) implements Fact {}

  record AccountIs(long number, String status, BigInteger limit) implements Fact {}

  record DateIs(BusinessDate date, boolean open) implements Fact {}

  record No(int line, Clause clause) implements Fact {}

  /** Carries an instruction out. A refusal is a single {@link No}. @param at when it was booked */
  List<Fact> carryOut(Instruction instruction, long firstSeq, Instant at) {
    now = at;
    seq = firstSeq;
    var accountsBefore = new HashMap<>(accounts);
    var holdsBefore = new HashMap<>(holds);
    var transfersBefore = new HashMap<>(transfers);
    var facts = new ArrayList<Fact>();
    Optional<Clause> no = carryOut(instruction, facts);
    if (no.isEmpty()) {
      return facts;
    }
    accounts = accountsBefore;
    holds = holdsBefore;
    transfers = transfersBefore;
    return List.of(new No(facts.size(), no.get()));
  }

  private Optional<Clause> carryOut(Instruction instruction, List<Fact> facts) {
    if (instruction instanceof LinkedInstructions linked) {
      for (Instruction part : linked.parts()) {
        Optional<Clause> no = carryOut(part, facts);
        if (no.isPresent()) {
          return no;
        }
      }
      return Optional.empty();
    } else if (instruction instanceof PostTransfers posting) {
      // a line of the same group is no transfer yet that another could undo
      for (TransferOrder order : posting.orders()) {
        Optional<Clause> no = post(order, BigInteger.ZERO, facts);
        if (no.isPresent()) {
          return no;
        }
        transfers.put(order.id(), new NaiveTransfer(order, false, false));
      }
      return Optional.empty();
    } else if (instruction instanceof PlaceHold placing) {
      return place(placing, facts);
    } else if (instruction instanceof CaptureHold capture) {
      return capture(capture, facts);
    } else if (instruction instanceof ReleaseHold release) {
      return giveBack(release.hold(), false, facts);
    } else if (instruction instanceof ExpireHold expiry) {
      return giveBack(expiry.hold(), true, facts);
    } else if (instruction instanceof ReverseTransfer reversal) {
      return reverse(reversal, facts);
    } else if (instruction instanceof OpenAccount opening) {
      return open(opening, facts);
    } else if (instruction instanceof ChangeAccount change) {
      return change(change, facts);
    } else if (instruction instanceof OpenBusinessDate opening) {
      return openDate(opening.date(), facts);
    } else if (instruction instanceof CloseBusinessDate closing) {
      return closeDate(closing.date(), facts);
    }
    throw new IllegalArgumentException("the oracle does not know " + instruction);
  }

  /** @param freed so much of what is held of the debit account is free for it */
  private Optional<Clause> post(TransferOrder order, BigInteger freed, List<Fact> facts) {
    long from = order.debit().value();
    long to = order.credit().value();
    NaiveAccount debit = accounts.get(from);
    NaiveAccount credit = accounts.get(to);
    if (from == to) {
      return Optional.of(Clause.SAME_ACCOUNT);
    } else if (debit == null || credit == null) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    String asset = order.amount().asset().code();
    BusinessDate date = order.businessDate().orElse(openDates.last());
    if (!debit.asset.equals(asset) || !credit.asset.equals(asset)) {
      return Optional.of(Clause.ASSET_MISMATCH);
    } else if (!debit.takesDebits()) {
      return Optional.of(debit.whyNot());
    } else if (!credit.takesCredits()) {
      return Optional.of(credit.whyNot());
    } else if (!openDates.contains(date)) {
      return Optional.of(Clause.BUSINESS_DATE_NOT_OPEN);
    }
    BigInteger amount = order.amount().amount().toBigInteger();
    BigInteger less = debit.balance.subtract(amount);
    BigInteger more = credit.balance.add(amount);
    BigInteger held = debit.held.subtract(freed);
    if (more.abs().compareTo(LIMIT) >= 0 || less.abs().compareTo(LIMIT) >= 0) {
      return Optional.of(Clause.BALANCE_OUT_OF_RANGE);
    } else if (!debit.mayStandAt(less, held)) {
      return Optional.of(Clause.EXCEEDS_AVAILABLE_BALANCE);
    }
    accounts.put(from, debit.at(less, held, seq));
    accounts.put(to, credit.at(more, credit.held, seq));
    seq++;
    facts.add(new Moved(from, to, amount, less, more, date));
    return Optional.empty();
  }

  private Optional<Clause> place(PlaceHold placing, List<Fact> facts) {
    long number = placing.account().value();
    NaiveAccount account = accounts.get(number);
    String asset = placing.amount().asset().code();
    if (account == null) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    if (placing.beneficiary().isPresent()) {
      NaiveAccount beneficiary = accounts.get(placing.beneficiary().get().value());
      if (placing.beneficiary().get().value() == number) {
        return Optional.of(Clause.SAME_ACCOUNT);
      } else if (beneficiary == null) {
        return Optional.of(Clause.ACCOUNT_NOT_FOUND);
      } else if (beneficiary.status.equals("closed")) {
        return Optional.of(Clause.ACCOUNT_CLOSED);
      } else if (!beneficiary.asset.equals(asset)) {
        return Optional.of(Clause.ASSET_MISMATCH);
      }
    }
    if (!account.asset.equals(asset)) {
      return Optional.of(Clause.ASSET_MISMATCH);
    } else if (!account.takesDebits()) {
      return Optional.of(account.whyNot());
    }
    Instant expiry = placing.expiresAt().orElse(now.plusSeconds(7 * 86_400));
    if (!expiry.isAfter(now) || expiry.isAfter(now.plusSeconds(LONGEST_HOLD_DAYS * 86_400))) {
      return Optional.of(Clause.HOLD_EXPIRY_OUT_OF_RANGE);
    }
    BigInteger amount = placing.amount().amount().toBigInteger();
    BigInteger held = account.held.add(amount);
    if (held.compareTo(LIMIT) >= 0) {
      return Optional.of(Clause.BALANCE_OUT_OF_RANGE);
    } else if (!account.mayStandAt(account.balance, held)) {
      return Optional.of(Clause.EXCEEDS_AVAILABLE_BALANCE);
    }
    accounts.put(number, account.at(account.balance, held, seq++));
    holds.put(placing.id(),
        new NaiveHold(number, amount, placing.beneficiary().map(other -> other.value()).orElse(null), expiry));
    facts.add(new Held(number, amount, account.balance));
    return Optional.empty();
  }

  private Optional<Clause> capture(CaptureHold capture, List<Fact> facts) {
    NaiveHold hold = holds.get(capture.hold());
    Optional<Clause> no = notOpen(hold);
    if (no.isPresent()) {
      return no;
    }
    Long credit = capture.credit().map(number -> number.value()).orElse(null);
    if (!now.isBefore(hold.expiresAt)) {
      return Optional.of(Clause.HOLD_EXPIRED);
    } else if (credit != null && hold.beneficiary != null && !credit.equals(hold.beneficiary)) {
      return Optional.of(Clause.HOLD_BENEFICIARY_DIFFERS);
    } else if (credit == null && hold.beneficiary == null) {
      return Optional.of(Clause.HOLD_BENEFICIARY_MISSING);
    }
    var asset = SimulatedStore.asset(accounts.get(hold.account).asset);
    var amount = capture.amount().orElse(new Money(Amount.of(hold.held), asset));
    if (!amount.asset().equals(asset)) {
      return Optional.of(Clause.ASSET_MISMATCH);
    }
    BigInteger taken = amount.amount().toBigInteger();
    if (taken.compareTo(hold.held) > 0) {
      return Optional.of(Clause.EXCEEDS_HOLD);
    }
    BigInteger after = capture.last() ? BigInteger.ZERO : hold.held.subtract(taken);
    var order = new TransferOrder(capture.id(), new AccountNumber(hold.account),
        new AccountNumber(hold.beneficiary != null ? hold.beneficiary : credit), amount,
        capture.reference(), capture.valueDate(), Optional.empty());
    no = post(order, hold.held.subtract(after), facts);
    if (no.isEmpty()) {
      holds.put(capture.hold(), new NaiveHold(hold.account, after, hold.beneficiary, hold.expiresAt));
      transfers.put(capture.id(), new NaiveTransfer(order, false, false));
    }
    return no;
  }

  private static Optional<Clause> notOpen(NaiveHold hold) {
    return hold == null ? Optional.of(Clause.HOLD_NOT_FOUND)
        : hold.held.signum() == 0 ? Optional.of(Clause.HOLD_NOT_OPEN) : Optional.empty();
  }

  private Optional<Clause> giveBack(UUID id, boolean expired, List<Fact> facts) {
    NaiveHold hold = holds.get(id);
    Optional<Clause> no = notOpen(hold);
    if (no.isPresent()) {
      return no;
    } else if (expired && now.isBefore(hold.expiresAt)) {
      return Optional.of(Clause.HOLD_NOT_DUE);
    }
    NaiveAccount account = accounts.get(hold.account);
    accounts.put(hold.account, account.at(account.balance, account.held.subtract(hold.held), seq++));
    holds.put(id, new NaiveHold(hold.account, BigInteger.ZERO, hold.beneficiary, hold.expiresAt));
    facts.add(new GivenBack(id, hold.held, expired));
    return Optional.empty();
  }

  private Optional<Clause> reverse(ReverseTransfer reversal, List<Fact> facts) {
    NaiveTransfer wrong = transfers.get(reversal.transfer());
    if (wrong == null) {
      return Optional.of(Clause.TRANSFER_NOT_FOUND);
    } else if (wrong.reversal) {
      return Optional.of(Clause.REVERSAL_NOT_REVERSIBLE);
    } else if (wrong.reversed) {
      return Optional.of(Clause.TRANSFER_ALREADY_REVERSED);
    }
    var order = new TransferOrder(reversal.id(), wrong.order.credit(), wrong.order.debit(), wrong.order.amount(),
        reversal.reference(), reversal.valueDate(), Optional.empty());
    Optional<Clause> no = post(order, BigInteger.ZERO, facts);
    if (no.isEmpty()) {
      transfers.put(reversal.transfer(), new NaiveTransfer(wrong.order, false, true));
      transfers.put(reversal.id(), new NaiveTransfer(order, true, false));
    }
    return no;
  }

  private Optional<Clause> open(OpenAccount opening, List<Fact> facts) {
    if (!opening.asset().equals("EUR") && !opening.asset().equals("QXC")) {
      return Optional.of(Clause.ASSET_NOT_FOUND);
    }
    if (opening.alias().isPresent() && !aliases.add(opening.alias().get())) {
      return Optional.of(Clause.ALIAS_TAKEN);
    }
    BigInteger limit = opening.product() == Product.INTERNAL ? null
        : opening.overdraftLimit().map(amount -> amount.toBigInteger()).orElse(BigInteger.ZERO);
    long number = accounts.size() + 1L;
    accounts.put(number,
        new NaiveAccount(BigInteger.ZERO, BigInteger.ZERO, limit, "open", opening.asset(), seq++));
    facts.add(new AccountIs(number, "open", limit));
    return Optional.empty();
  }

  private Optional<Clause> change(ChangeAccount change, List<Fact> facts) {
    long number = change.account().value();
    NaiveAccount account = accounts.get(number);
    if (account == null) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    String status = account.status;
    BigInteger limit = account.limit;
    if (change.change() instanceof ChangeAccount.SetOverdraftLimit set) {
      limit = set.limit().toBigInteger();
      if (status.equals("closed")) {
        return Optional.of(Clause.ACCOUNT_STATE_FORBIDS);
      } else if (account.limit == null) {
        return Optional.of(Clause.LIMIT_NOT_APPLICABLE);
      } else if (account.balance.add(limit).subtract(account.held).signum() < 0) {
        return Optional.of(Clause.BALANCE_BELOW_NEW_LIMIT);
      }
    } else {
      status = NaiveLife.next(status, change.change());
      if (status == null) {
        return Optional.of(Clause.ACCOUNT_STATE_FORBIDS);
      } else if (status.equals("closed") && account.balance.signum() != 0) {
        return Optional.of(Clause.ACCOUNT_NOT_EMPTY);
      } else if (status.equals("closed") && account.held.signum() != 0) {
        return Optional.of(Clause.ACCOUNT_HAS_HOLDS);
      }
    }
    accounts.put(number, new NaiveAccount(account.balance, account.held, limit, status, account.asset, seq++));
    facts.add(new AccountIs(number, status, limit));
    return Optional.empty();
  }

  private Optional<Clause> openDate(BusinessDate date, List<Fact> facts) {
    if (latestDate != null && !date.isAfter(latestDate)) {
      return Optional.of(Clause.BUSINESS_DATE_OUT_OF_ORDER);
    }
    latestDate = date;
    openDates.add(date);
    facts.add(new DateIs(date, true));
    return Optional.empty();
  }

  private Optional<Clause> closeDate(BusinessDate date, List<Fact> facts) {
    if (!openDates.contains(date)) {
      return Optional.of(Clause.BUSINESS_DATE_NOT_OPEN);
    }
    if (openDates.size() < 2 || !openDates.first().equals(date)) {
      return Optional.of(Clause.BUSINESS_DATE_OUT_OF_ORDER);
    }
    openDates.remove(date);
    facts.add(new DateIs(date, false));
    return Optional.empty();
  }
}
