package ai.qenex.web.ledger;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.web.input.Values;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client wrote, on its way to the ledger's order.
 *
 * @param path JSON Pointer to it in the body
 * @param id the idempotency id it gets
 */
record WantedTransfer(String path, UUID id, TransferRequest request) {

  /** @throws ai.qenex.web.problem.ProblemException 400 for a reference or value date that cannot be one */
  TransferOrder order(Money amount, AccountNumber debit, AccountNumber credit) {
    Optional<String> reference = request.reference().isEmpty() ? Optional.empty()
        : Optional.of(Values.text(path + "/reference", request.reference().get(), TransferOrder.MAX_REFERENCE));
    Optional<LocalDate> valueDate = request.valueDate().isEmpty() ? Optional.empty()
        : Optional.of(Values.date(path + "/valueDate", request.valueDate().get()));
    return new TransferOrder(id, debit, credit, amount, reference, valueDate, Optional.empty());
  }
}
