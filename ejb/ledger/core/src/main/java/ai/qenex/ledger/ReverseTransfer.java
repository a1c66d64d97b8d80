package ai.qenex.ledger;

import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Undoes a posted transfer by a new one in the other direction, once and for all (invariant {@code REVERSAL-1}). The
 * new one is judged as any transfer is: what was paid out since cannot be taken back. The reversal of a capture does
 * not open its hold again.
 *
 * @param id idempotency id, and the new transfer's
 * @param transfer the one to undo
 * @param reference of the new transfer
 * @param valueDate of the new transfer; empty: the business date
 */
public record ReverseTransfer(
    UUID id, UUID transfer, Optional<String> reference, Optional<LocalDate> valueDate) implements Instruction {

  public ReverseTransfer {
    TransferOrder.requireStorable(reference, valueDate);
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public List<UUID> refersTo() {
    return List.of(transfer);
  }

  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("reverse-transfer")
        .add(transfer.getMostSignificantBits()).add(transfer.getLeastSignificantBits());
    reference.ifPresent(print.add("reference")::add);
    valueDate.ifPresent(date -> print.add("value").add(date.toEpochDay()));
    return print.hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    if (!(view.entry(transfer).orElse(null) instanceof TransferPosted posted)) {
      return no(Clause.TRANSFER_NOT_FOUND, "transfer", transfer);
    }
    if (posted.link().orElse(null) instanceof Link.Reverses reverses) {
      return no(Clause.REVERSAL_NOT_REVERSIBLE, "transfer", transfer, "reverses", reverses.transfer());
    }
    Optional<UUID> earlier = view.reversalOf(transfer);
    if (earlier.isPresent()) {
      return no(Clause.TRANSFER_ALREADY_REVERSED, "transfer", transfer, "reversal", earlier.get());
    }
    var order = new TransferOrder(
        id, posted.credit(), posted.debit(), posted.amount(), reference, valueDate, Optional.empty());
    Optional<Refusal> refusal = TransferRules.refusalOf(order, view);
    return refusal.isPresent()
        ? new Decision.Reject(0, refusal.get())
        : new Decision.Accept(
            List.of(TransferRules.effectOf(order, view, Optional.of(new Link.Reverses(transfer)))));
  }

  private static Decision no(Clause clause, Object... figures) {
    return new Decision.Reject(0, new Refusal(clause, TransferRules.figures(figures)));
  }
}
