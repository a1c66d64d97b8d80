package ai.qenex.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can ask for a fresh proof. */
public enum StepUpKind {
  /** One transfer between accounts. */
  TRANSFER,
  /** One payment, at home or to another bank. */
  PAYMENT,
  /** Many transfers in one request; the proof binds all of them together. */
  BATCH,
  /** A payment file; the proof binds its bytes. */
  PAYMENT_FILE,
  /** Moves whose amounts or payees show only when they are decided: allocations, conversions, sweeps, linked moves. */
  COMPOUND,
  /** How far below zero an account may go. */
  LIMIT_CHANGE,
  /** Another factor, or none, beside those a person has. */
  FACTOR_CHANGE;

  /** As it stands in properties and answers: {@code payment-file}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<StepUpKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
