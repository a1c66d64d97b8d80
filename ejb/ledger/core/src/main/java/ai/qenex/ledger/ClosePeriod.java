package ai.qenex.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Closes the books up to a date for good: nothing is booked into it or before any more, and nothing is value-dated
 * there (invariant {@code LEDGER-8}). Periods close in order, and only when all business dates of the period are
 * closed.
 *
 * @param through the period's last date, in the years that a value date may have
 */
public record ClosePeriod(UUID id, LocalDate through) implements Instruction {

  public ClosePeriod {
    TransferOrder.requireStorable(Optional.empty(), Optional.of(through));
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public long fingerprint(int index) {
    return new Fingerprint("close-period").add(through.toEpochDay()).hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Optional<LocalDate> closed = view.closedThrough();
    if (closed.isPresent() && !through.isAfter(closed.get())) {
      return no(Clause.PERIOD_CLOSED, "through", through, "closedThrough", closed.get());
    }
    if (view.openDates().isEmpty() || !through.isBefore(view.openDates().first().date())) {
      return new Decision.Reject(0,
          new Refusal(Clause.PERIOD_NOT_OVER, TransferRules.figures("through", through, "firstOpenDate",
              view.openDates().isEmpty() ? "none" : view.openDates().first())));
    }
    return new Decision.Accept(List.of(new Effect.PeriodClosing(through)));
  }

  private static Decision no(Clause clause, Object... figures) {
    return new Decision.Reject(0, new Refusal(clause, TransferRules.figures(figures)));
  }
}
