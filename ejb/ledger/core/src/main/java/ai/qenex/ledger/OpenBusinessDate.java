package ai.qenex.ledger;

import ai.qenex.kernel.BusinessDate;
import java.util.List;
import java.util.UUID;

/**
 * Opens a day: from now on transfers are booked into it unless they name another. It must be later than every day
 * before.
 */
public record OpenBusinessDate(UUID id, BusinessDate date) implements Instruction {

  public OpenBusinessDate {
    CloseBusinessDate.requireStorable(date);
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public long fingerprint(int index) {
    return new Fingerprint("open-date").add(date.date().toEpochDay()).hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    return view.openDates().isEmpty() || date.isAfter(view.currentDate())
        ? new Decision.Accept(List.of(new Effect.DateOpening(date)))
        : new Decision.Reject(0,
            new Refusal(Clause.BUSINESS_DATE_OUT_OF_ORDER, TransferRules.dateFigures(date, view.openDates())));
  }
}
