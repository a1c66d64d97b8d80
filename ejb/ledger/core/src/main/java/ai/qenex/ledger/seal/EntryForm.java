package ai.qenex.ledger.seal;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.FormReader;
import ai.qenex.kernel.FormWriter;
import ai.qenex.kernel.Iban;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Asked;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.HoldStatus;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The canonical form of every kind of entry: the bytes that are hashed as a leaf, and from which the entry can be read
 * back whole. The handbook's page {@code canonical-form.md} gives each field.
 *
 * <p>
 * A transfer that has to do with no earlier entry has form 1, {@link TransferLeaf}. All else has form 2: the version
 * byte {@code 0x02}, the number of its {@link EntryKind}, seq, id, booking time, and the fields of the kind. Integers,
 * texts, amounts and marks are written as in form 1. No field is without a length or a mark, so two different entries
 * never have the same form; and each entry has exactly one.
 *
 * <p>
 * For one thread; {@link #of} is for any.
 */
public final class EntryForm {

  static final int TRANSFER_VERSION = 1;
  static final int VERSION = 2;
  private static final int REVERSES = 1;
  private static final int CAPTURES = 2;

  private final FormWriter out = new FormWriter();

  /** The bytes of an entry's form. */
  public static byte[] of(LedgerEntry entry) {
    return new EntryForm().write(entry).toBytes();
  }

  /** As {@link #of}, for many. */
  public byte[] bytes(LedgerEntry entry) {
    return write(entry).toBytes();
  }

  FormWriter write(LedgerEntry entry) {
    out.begin();
    if (entry instanceof TransferPosted plain && plain.link().isEmpty()) {
      out.int1(TRANSFER_VERSION);
      transfer(plain);
      return out;
    }
    EntryKind kind = EntryKind.of(entry);
    out.int1(VERSION).int1(kind.code()).int8(entry.seq()).uuid(entry.id()).micros(entry.bookedAt());
    switch (kind) {
      case TRANSFER -> linkedTransfer((TransferPosted) entry);
      case REFUSAL -> refusal(((InstructionRefused) entry).refusal());
      case ACCOUNT_OPENED -> account(((AccountOpened) entry).account());
      case ACCOUNT_OPENED_FOR -> openedFor((AccountOpened) entry);
      case ACCOUNT_CHANGED -> changed((AccountChanged) entry);
      case DATE_OPENED -> out.date(((BusinessDateOpened) entry).date().date());
      case DATE_CLOSED -> out.date(((BusinessDateClosed) entry).date().date());
      case PERIOD_CLOSED -> out.date(((PeriodClosed) entry).through());
      case HOLD_PLACED -> placed((HoldPlaced) entry);
      case HOLD_RELEASED -> {
        var released = (HoldReleased) entry;
        ending(released.hold(), released.account(), released.amount());
      }
      case HOLD_EXPIRED -> {
        var expired = (HoldExpired) entry;
        ending(expired.hold(), expired.account(), expired.amount());
      }
      case ASSET_REGISTERED -> {
        var registered = (AssetRegistered) entry;
        out.asset(registered.asset()).int8(registered.number());
      }
    }
    return out;
  }

  private void transfer(TransferPosted transfer) {
    out.int8(transfer.seq()).uuid(transfer.id()).micros(transfer.bookedAt());
    transferFields(transfer);
  }

  private void linkedTransfer(TransferPosted transfer) {
    transferFields(transfer);
    Link link = transfer.link().orElseThrow();
    if (link instanceof Link.Captures captures) {
      out.int1(CAPTURES).uuid(captures.hold()).amount(captures.heldAfter());
    } else {
      out.int1(REVERSES).uuid(((Link.Reverses) link).transfer());
    }
  }

  private void transferFields(TransferPosted transfer) {
    out.date(transfer.businessDate().date()).date(transfer.valueDate())
        .int8(transfer.debit().value()).int8(transfer.credit().value())
        .asset(transfer.amount().asset()).amount(transfer.amount().amount())
        .amount(transfer.debitBalance()).amount(transfer.creditBalance())
        .optionalText(transfer.reference());
  }

  private void openedFor(AccountOpened opened) {
    Asked asked = opened.asked().orElseThrow();
    account(opened.account());
    out.text(asked.by()).text(asked.reason());
  }

  private void changed(AccountChanged changed) {
    account(changed.account());
    out.int1(changed.asked().isPresent() ? 1 : 0);
    changed.asked().ifPresent(asked -> out.text(asked.by()).text(asked.reason()));
  }

  private void placed(HoldPlaced placed) {
    Hold hold = placed.hold();
    out.uuid(hold.id()).int8(hold.account().value()).asset(hold.placed().asset()).amount(hold.placed().amount())
        .amount(hold.held()).amount(hold.captured());
    out.int1(hold.beneficiary().isPresent() ? 1 : 0);
    hold.beneficiary().ifPresent(number -> out.int8(number.value()));
    out.micros(hold.expiresAt()).text(hold.status().code()).amount(placed.booked()).optionalText(placed.reference());
  }

  private void ending(UUID hold, AccountNumber account, Money amount) {
    out.uuid(hold).int8(account.value()).asset(amount.asset()).amount(amount.amount());
  }

  /** Figures by name: their order says nothing. */
  private void refusal(Refusal refusal) {
    out.text(refusal.clause().name());
    out.int1(refusal.figures().size());
    new TreeMap<>(refusal.figures()).forEach((name, value) -> out.text(name).text(value));
  }

  private void account(Account account) {
    out.int8(account.number().value()).uuid(account.id()).text(account.address())
        .optionalText(account.iban().map(Iban::value)).optionalText(account.alias())
        .asset(account.asset()).text(account.owner()).text(account.product().code()).text(account.status().code())
        .optionalAmount(account.overdraftLimit());
  }

  /**
   * The entry that has this form.
   *
   * @throws IllegalArgumentException if no entry has it
   */
  public static LedgerEntry read(byte[] form) {
    var in = new FormReader(form);
    LedgerEntry entry;
    try {
      entry = read(in);
    } catch (ArithmeticException | DateTimeException | NoSuchElementException e) {
      throw new IllegalArgumentException("a canonical form has a field that is none: " + e.getMessage(), e);
    }
    in.end();
    if (!Arrays.equals(of(entry), form)) {
      throw new IllegalArgumentException("a form that is not the canonical one of its entry");
    }
    return entry;
  }

  private static LedgerEntry read(FormReader in) {
    int version = in.int1();
    if (version == TRANSFER_VERSION) {
      return transfer(in.int8(), in.uuid(), in.micros(), in);
    }
    if (version != VERSION) {
      throw new IllegalArgumentException("canonical forms of version " + version + " are not known");
    }
    EntryKind kind = EntryKind.ofCode(in.int1());
    long seq = in.int8();
    UUID id = in.uuid();
    Instant at = in.micros();
    return switch (kind) {
      case TRANSFER -> linked(transfer(seq, id, at, in), link(in));
      case REFUSAL -> new InstructionRefused(seq, id, at, refusal(in));
      case ACCOUNT_OPENED -> new AccountOpened(seq, id, at, account(in));
      case ACCOUNT_OPENED_FOR ->
        new AccountOpened(seq, id, at, account(in), Optional.of(new Asked(in.text(), in.text())));
      case ACCOUNT_CHANGED -> new AccountChanged(seq, id, at, account(in), in.flag()
          ? Optional.of(new Asked(in.text(), in.text()))
          : Optional.empty());
      case DATE_OPENED -> new BusinessDateOpened(seq, id, at, new BusinessDate(in.date()));
      case DATE_CLOSED -> new BusinessDateClosed(seq, id, at, new BusinessDate(in.date()));
      case PERIOD_CLOSED -> new PeriodClosed(seq, id, at, in.date());
      case HOLD_PLACED -> new HoldPlaced(seq, id, at, hold(in), in.amount(), in.optionalText());
      case HOLD_RELEASED -> new HoldReleased(seq, id, at, in.uuid(), new AccountNumber(in.int8()), money(in));
      case HOLD_EXPIRED -> new HoldExpired(seq, id, at, in.uuid(), new AccountNumber(in.int8()), money(in));
      case ASSET_REGISTERED -> new AssetRegistered(seq, id, at, in.asset(), Math.toIntExact(in.int8()));
    };
  }

  private static Money money(FormReader in) {
    Asset asset = in.asset();
    return new Money(in.amount(), asset);
  }

  private static Hold hold(FormReader in) {
    return new Hold(in.uuid(), new AccountNumber(in.int8()), money(in), in.amount(), in.amount(),
        in.flag() ? Optional.of(new AccountNumber(in.int8())) : Optional.empty(), in.micros(),
        HoldStatus.valueOf(in.text().toUpperCase(Locale.ROOT)));
  }

  private static TransferPosted linked(TransferPosted plain, Link link) {
    return new TransferPosted(plain.seq(), plain.id(), plain.bookedAt(), plain.businessDate(), plain.valueDate(),
        plain.debit(), plain.credit(), plain.amount(), plain.debitBalance(), plain.creditBalance(), plain.reference(),
        Optional.of(link));
  }

  private static Link link(FormReader in) {
    int mark = in.int1();
    if (mark != REVERSES && mark != CAPTURES) {
      throw new IllegalArgumentException("no link of a transfer has the mark " + mark);
    }
    return mark == REVERSES ? new Link.Reverses(in.uuid()) : new Link.Captures(in.uuid(), in.amount());
  }

  private static TransferPosted transfer(long seq, UUID id, Instant at, FormReader in) {
    var businessDate = new BusinessDate(in.date());
    var valueDate = in.date();
    var debit = new AccountNumber(in.int8());
    var credit = new AccountNumber(in.int8());
    var asset = in.asset();
    return new TransferPosted(seq, id, at, businessDate, valueDate, debit, credit, new Money(in.amount(), asset),
        in.amount(), in.amount(), in.optionalText());
  }

  private static Refusal refusal(FormReader in) {
    Clause clause = Clause.valueOf(in.text());
    int count = in.int1();
    Map<String, String> figures = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      figures.put(in.text(), in.text());
    }
    return new Refusal(clause, figures);
  }

  private static Account account(FormReader in) {
    return new Account(new AccountNumber(in.int8()), in.uuid(), in.text(), in.optionalText().map(Iban::new),
        in.optionalText(), in.asset(), in.text(), Product.ofCode(in.text()).orElseThrow(),
        AccountStatus.valueOf(in.text().toUpperCase(Locale.ROOT)), in.optionalAmount());
  }
}
