package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A posted transfer.
 *
 * @param hash SHA-256 over its canonical form, 64 hex digits
 * @param seq its place in the log
 * @param debit id of the account
 * @param credit id of the account
 */
public record TransferView(
    UUID id, String hash, long seq, String status, Instant bookedAt, LocalDate businessDate, LocalDate valueDate,
    UUID debit,
    UUID credit, String amount, String asset, Optional<String> reference) {

  static TransferView of(TransferPosted transfer, String hash, UUID debit, UUID credit) {
    return new TransferView(transfer.id(), hash, transfer.seq(), "posted", transfer.bookedAt(),
        transfer.businessDate().date(),
        transfer.valueDate(), debit, credit, transfer.amount().toDecimalString(), transfer.amount().asset().code(),
        transfer.reference());
  }
}
