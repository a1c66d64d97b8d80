package ai.qenex.web.payments;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.payments.Statements.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The statement of an account for one business day.
 *
 * @param account id
 * @param sequence number of the account's statements, counting up from 1
 * @param entryCount of the whole day; {@code entries} carries the first 1,000, the camt.053 all
 */
public record StatementView(
    UUID account, LocalDate date, long sequence, String asset, String opening, String closing, int entryCount,
    List<Entry> entries) {

  /** @param side {@code credit} or {@code debit}, as seen from the account */
  public record Entry(
      UUID id, long seq, Instant bookedAt, LocalDate valueDate, String side, String amount,
      Optional<String> reference) {}

  static StatementView of(Account account, Statement statement) {
    return new StatementView(account.id(), statement.date().date(), statement.sequence(), account.asset().code(),
        statement.opening().toDecimalString(), statement.closing().toDecimalString(), statement.entryCount(),
        statement.entries().stream().map(transfer -> entryOf(account, transfer)).toList());
  }

  private static Entry entryOf(Account account, TransferPosted transfer) {
    return new Entry(transfer.id(), transfer.seq(), transfer.bookedAt(), transfer.valueDate(),
        transfer.credit().equals(account.number()) ? "credit" : "debit", transfer.amount().toDecimalString(),
        transfer.reference());
  }
}
