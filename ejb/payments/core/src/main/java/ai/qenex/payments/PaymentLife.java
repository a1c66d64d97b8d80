package ai.qenex.payments;

import static ai.qenex.payments.PaymentStatus.ACCEPTED;
import static ai.qenex.payments.PaymentStatus.BOOKED;
import static ai.qenex.payments.PaymentStatus.CLEARING;
import static ai.qenex.payments.PaymentStatus.RECEIVED;
import static ai.qenex.payments.PaymentStatus.REJECTED;
import static ai.qenex.payments.PaymentStatus.SETTLED;

import java.util.EnumSet;
import java.util.Set;

/**
 * The steps a payment may take (invariant {@code PAYMENT-2}); no other is ever taken, and none is taken back.
 *
 * <pre>
 * from      to
 * RECEIVED  ACCEPTED REJECTED
 * ACCEPTED  BOOKED CLEARING REJECTED
 * CLEARING  SETTLED
 * </pre>
 */
public final class PaymentLife {

  private PaymentLife() {}

  public static Set<PaymentStatus> next(PaymentStatus status) {
    return switch (status) {
      case RECEIVED -> EnumSet.of(ACCEPTED, REJECTED);
      case ACCEPTED -> EnumSet.of(BOOKED, CLEARING, REJECTED);
      case CLEARING -> EnumSet.of(SETTLED);
      case BOOKED, SETTLED, REJECTED -> EnumSet.noneOf(PaymentStatus.class);
    };
  }

  public static boolean isFinal(PaymentStatus status) {
    return next(status).isEmpty();
  }
}
