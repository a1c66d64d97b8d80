package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * One fact of the log. The log is gapless: entry {@code n} follows entry {@code n - 1}, and no entry is ever changed.
 *
 * <p>
 * {@code bookedAt} never goes backwards along the log and has microsecond precision.
 */
public sealed interface LedgerEntry {

  long seq();

  UUID id();

  Instant bookedAt();

  /**
   * A transfer was posted.
   *
   * @param debitBalance booked balance of the debit account right after it, credit-positive minor units
   * @param creditBalance booked balance of the credit account right after it, credit-positive minor units
   * @param link the earlier entry it has to do with, if any
   */
  record TransferPosted(
      long seq, UUID id, Instant bookedAt, BusinessDate businessDate, LocalDate valueDate, AccountNumber debit,
      AccountNumber credit, Money amount, Amount debitBalance, Amount creditBalance,
      Optional<String> reference, Optional<Link> link) implements LedgerEntry {

    /** A transfer that has to do with no earlier entry. */
    public TransferPosted(
        long seq, UUID id, Instant bookedAt, BusinessDate businessDate, LocalDate valueDate, AccountNumber debit,
        AccountNumber credit, Money amount, Amount debitBalance, Amount creditBalance, Optional<String> reference) {
      this(seq, id, bookedAt, businessDate, valueDate, debit, credit, amount, debitBalance, creditBalance, reference,
          Optional.empty());
    }
  }

  /** An instruction was refused; recorded so that its id always answers the same. */
  record InstructionRefused(long seq, UUID id, Instant bookedAt, Refusal refusal) implements LedgerEntry {}

  record AccountOpened(long seq, UUID id, Instant bookedAt, Account account,
      Optional<Asked> asked) implements LedgerEntry {

    /** An opening that nobody in particular asked for. */
    public AccountOpened(long seq, UUID id, Instant bookedAt, Account account) {
      this(seq, id, bookedAt, account, Optional.empty());
    }
  }

  /** Status or limit changed; {@code account} is how it stands since. */
  record AccountChanged(long seq, UUID id, Instant bookedAt, Account account,
      Optional<Asked> asked) implements LedgerEntry {}

  record BusinessDateOpened(long seq, UUID id, Instant bookedAt, BusinessDate date) implements LedgerEntry {}

  record BusinessDateClosed(long seq, UUID id, Instant bookedAt, BusinessDate date) implements LedgerEntry {}

  /** Nothing is booked or value-dated up to and including the date any more. */
  record PeriodClosed(long seq, UUID id, Instant bookedAt, LocalDate through) implements LedgerEntry {}

  /**
   * The bank keeps accounts in one more asset.
   *
   * @param number stands for it in the log: one more than there were
   */
  record AssetRegistered(long seq, UUID id, Instant bookedAt, Asset asset, int number) implements LedgerEntry {}

  /**
   * A part of a balance was reserved.
   *
   * @param hold as it stands since; it has the entry's id
   * @param booked balance of the account, which does not move, in credit-positive minor units
   */
  record HoldPlaced(long seq, UUID id, Instant bookedAt, Hold hold, Amount booked,
      Optional<String> reference) implements LedgerEntry {}

  /**
   * What a hold still reserved was given back because somebody asked for it.
   *
   * @param amount so much, more than zero
   */
  record HoldReleased(long seq, UUID id, Instant bookedAt, UUID hold, AccountNumber account,
      Money amount) implements LedgerEntry {}

  /** As {@link HoldReleased}, because its time was over. */
  record HoldExpired(long seq, UUID id, Instant bookedAt, UUID hold, AccountNumber account,
      Money amount) implements LedgerEntry {}
}
