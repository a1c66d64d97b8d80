package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes what a hold reserved, or a part of it, by a transfer to the hold's beneficiary.
 *
 * @param id idempotency id, and the transfer's
 * @param amount above zero; empty: all that the hold still reserves
 * @param credit the account that is paid, which must be the hold's beneficiary if that has one; empty: the beneficiary
 * @param last whether what remains is given back
 * @param reference of the transfer
 * @param valueDate of the transfer; empty: the business date
 */
public record CaptureHold(
    UUID id, UUID hold, Optional<Money> amount, Optional<AccountNumber> credit, boolean last,
    Optional<String> reference, Optional<LocalDate> valueDate) implements Instruction {

  public CaptureHold {
    if (amount.isPresent() && !amount.get().amount().isPositive()) {
      throw new IllegalArgumentException("a capture takes more than zero");
    }
    TransferOrder.requireStorable(reference, valueDate);
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public List<UUID> refersTo() {
    return List.of(hold);
  }

  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("capture-hold").add(hold.getMostSignificantBits()).add(hold.getLeastSignificantBits());
    amount.ifPresent(print.add("amount")::add);
    credit.ifPresent(number -> print.add("credit").add(number.value()));
    reference.ifPresent(print.add("reference")::add);
    valueDate.ifPresent(date -> print.add("value").add(date.toEpochDay()));
    return print.add(last ? "last" : "part").hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Optional<Hold> known = view.hold(hold);
    Optional<Refusal> ofHold = HoldRules.refusalOfState(hold, known);
    if (ofHold.isPresent()) {
      return new Decision.Reject(0, ofHold.get());
    }
    return capture(known.get(), view);
  }

  private Decision capture(Hold open, LedgerView view) {
    if (!view.now().isBefore(open.expiresAt())) {
      return no(Clause.HOLD_EXPIRED, "hold", hold, "expiresAt", open.expiresAt());
    }
    if (credit.isPresent() && open.beneficiary().isPresent() && !credit.equals(open.beneficiary())) {
      return no(Clause.HOLD_BENEFICIARY_DIFFERS, "hold", hold, "beneficiary", open.beneficiary().get());
    }
    Optional<AccountNumber> payee = open.beneficiary().or(() -> credit);
    if (payee.isEmpty()) {
      return no(Clause.HOLD_BENEFICIARY_MISSING, "hold", hold);
    }
    Money held = new Money(open.held(), open.placed().asset());
    Money taken = amount.orElse(held);
    if (!taken.asset().equals(held.asset())) {
      return no(Clause.ASSET_MISMATCH,
          "asset", taken.asset(), "debitAsset", held.asset(), "creditAsset", held.asset());
    }
    if (taken.amount().compareTo(open.held()) > 0) {
      return no(Clause.EXCEEDS_HOLD,
          "hold", hold, "held", held.toDecimalString(), "requested", taken.toDecimalString());
    }
    Amount heldAfter = last ? Amount.ZERO : open.held().minus(taken.amount());
    var order = new TransferOrder(id, open.account(), payee.get(), taken, reference, valueDate, Optional.empty());
    Optional<Refusal> refusal = TransferRules.refusalOf(order, open.held().minus(heldAfter), view);
    return refusal.isPresent()
        ? new Decision.Reject(0, refusal.get())
        : new Decision.Accept(
            List.of(TransferRules.effectOf(order, view, Optional.of(new Link.Captures(hold, heldAfter)))));
  }

  private static Decision no(Clause clause, Object... figures) {
    return new Decision.Reject(0, new Refusal(clause, TransferRules.figures(figures)));
  }
}
