package ai.qenex.payments;

import ai.qenex.kernel.BusinessDate;
import java.util.Optional;
import java.util.UUID;

/** Single payments. */
public interface Payments {

  /**
   * Judges and books one payment; the same id answers the same payment.
   *
   * @throws ai.qenex.kernel.QenexException {@code OVERLOADED} or {@code UNAVAILABLE} as the ledger; submit the same id
   * again
   */
  Submission submit(PaymentOrder order);

  Optional<Payment> find(UUID id);

  /**
   * Brings every payment of the day whose booking is under way to its end, so that the day's clearing cycles can be
   * closed.
   *
   * @return how many payments were still under way
   */
  int finishPending(BusinessDate date);

  /** Moves the payments of the day's settled cycles on to {@link PaymentStatus#SETTLED}. */
  void markSettled(BusinessDate date);

  /** What came of an order. */
  sealed interface Submission {

    record Known(Payment payment, boolean repeated) implements Submission {}

    /** The id was used for another order. */
    record IdReused(UUID id) implements Submission {}
  }
}
