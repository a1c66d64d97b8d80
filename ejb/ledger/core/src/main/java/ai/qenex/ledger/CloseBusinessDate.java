package ai.qenex.ledger;

import ai.qenex.kernel.BusinessDate;
import java.util.List;
import java.util.UUID;

/**
 * Closes a day for good. It must be the earliest open one, and a later one must be open: there is always a day to post
 * into.
 */
public record CloseBusinessDate(UUID id, BusinessDate date) implements Instruction {

  public CloseBusinessDate {
    requireStorable(date);
  }

  static void requireStorable(BusinessDate date) {
    int year = date.date().getYear();
    if (year < TransferOrder.MIN_YEAR || year > TransferOrder.MAX_YEAR) {
      throw new IllegalArgumentException(
          "a business date is of the years " + TransferOrder.MIN_YEAR + " to " + TransferOrder.MAX_YEAR);
    }
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public long fingerprint(int index) {
    return new Fingerprint("close-date").add(date.date().toEpochDay()).hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    var open = view.openDates();
    if (!open.contains(date)) {
      return no(Clause.BUSINESS_DATE_NOT_OPEN, view);
    }
    return open.size() > 1 && open.first().equals(date)
        ? new Decision.Accept(List.of(new Effect.DateClosing(date)))
        : no(Clause.BUSINESS_DATE_OUT_OF_ORDER, view);
  }

  private Decision no(Clause clause, LedgerView view) {
    return new Decision.Reject(0, new Refusal(clause, TransferRules.dateFigures(date, view.openDates())));
  }
}
