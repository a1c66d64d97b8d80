package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
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
   */
  record TransferPosted(
      long seq, UUID id, Instant bookedAt, BusinessDate businessDate, LocalDate valueDate, AccountNumber debit,
      AccountNumber credit, Money amount, Amount debitBalance, Amount creditBalance,
      Optional<String> reference) implements LedgerEntry {}

  /** An instruction was refused; recorded so that its id always answers the same. */
  record InstructionRefused(long seq, UUID id, Instant bookedAt, Refusal refusal) implements LedgerEntry {}

  record AccountOpened(long seq, UUID id, Instant bookedAt, Account account) implements LedgerEntry {}

  /** Status or limit changed; {@code account} is how it stands since. */
  record AccountChanged(long seq, UUID id, Instant bookedAt, Account account) implements LedgerEntry {}

  record BusinessDateOpened(long seq, UUID id, Instant bookedAt, BusinessDate date) implements LedgerEntry {}

  record BusinessDateClosed(long seq, UUID id, Instant bookedAt, BusinessDate date) implements LedgerEntry {}
}
