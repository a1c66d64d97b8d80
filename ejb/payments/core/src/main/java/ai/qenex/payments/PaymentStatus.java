package ai.qenex.payments;

import java.util.Locale;

/** Life of a payment. */
public enum PaymentStatus {
  /** Taken in, not judged yet. */
  RECEIVED,
  /** Found valid; its booking is under way. */
  ACCEPTED,
  /** Booked between two accounts of this bank: final. */
  BOOKED,
  /** Booked to the clearing account and owed to the other bank in the day's cycle. */
  CLEARING,
  /** The cycle it was part of is settled: final. */
  SETTLED,
  /** Refused with an ISO reason code: final. */
  REJECTED;

  /** The lower-case name that the API speaks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
