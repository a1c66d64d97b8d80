package ai.qenex.payments;

import ai.qenex.kernel.BusinessDate;
import java.util.List;
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

  /** The most payments of one step of {@link #protectAnew}. */
  int MOST_PROTECTED_AT_ONCE = 5_000;

  /**
   * Payments whose debtor or creditor has that name, the latest first; capitals and blanks make no difference. Found by
   * an index that does not show the name; those that {@link #protectAnew} has not reached yet are not found.
   */
  List<Payment> findByParty(String name, int limit);

  /**
   * Protects names and remittance of ended payments that are stored in clear or under a former data key, some at a
   * time: call it until it answers less than the limit. May be stopped and begun again at any time.
   *
   * @param limit 1 to {@value #MOST_PROTECTED_AT_ONCE}
   * @return how many were protected
   */
  int protectAnew(int limit);

  /**
   * Brings every payment whose booking is under way at the time of the call to its end, so that the clearing cycles of
   * the day can be closed. To be called once the day has been cut off: payments that arrive later belong to the next
   * one, and are not waited for.
   *
   * @return how many of those payments are still under way, normally none
   * @throws ai.qenex.kernel.QenexException {@code OVERLOADED} or {@code UNAVAILABLE} as the ledger; call it again
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
