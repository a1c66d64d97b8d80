package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A posted transfer.
 *
 * @param hash SHA-256 over its canonical form, 64 hex digits
 * @param seq its place in the log
 * @param debit id of the account
 * @param credit id of the account
 * @param hold that it captures
 * @param reverses the transfer that it undoes
 * @param reversedBy the transfer that undid it
 */
public record TransferView(
    UUID id, String hash, long seq, String status, Instant bookedAt, LocalDate businessDate, LocalDate valueDate,
    UUID debit,
    UUID credit, String amount, String asset, Optional<String> reference, Optional<UUID> hold,
    Optional<UUID> reverses, Optional<UUID> reversedBy) {

  static TransferView of(TransferPosted transfer, String hash, UUID debit, UUID credit) {
    return new TransferView(transfer.id(), hash, transfer.seq(), "posted", transfer.bookedAt(),
        transfer.businessDate().date(),
        transfer.valueDate(), debit, credit, transfer.amount().toDecimalString(), transfer.amount().asset().code(),
        transfer.reference(),
        transfer.link().map(link -> link instanceof Link.Captures captures ? captures.hold() : null),
        transfer.link().map(link -> link instanceof Link.Reverses reverses ? reverses.transfer() : null),
        Optional.empty());
  }

  /** With what undid it, if anything did. */
  TransferView reversedBy(Map<UUID, UUID> reversals) {
    return reversals.isEmpty() ? this
        : new TransferView(id, hash, seq, status, bookedAt, businessDate, valueDate, debit, credit, amount, asset,
            reference, hold, reverses, Optional.ofNullable(reversals.get(id)));
  }
}
