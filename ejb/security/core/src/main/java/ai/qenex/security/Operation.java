package ai.qenex.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What people do that somebody else may have to approve. The codes stand in policies and records, so none is renamed.
 */
public enum Operation {
  /** One transfer of a client's own, be it one of a batch. */
  TRANSFER,
  CONVERSION,
  ALLOCATION,
  SWEEP,
  HOLD_CAPTURE,
  REVERSAL,
  PAYMENT,
  PAYMENT_FILE,
  /** How far below zero an account may go. */
  ACCOUNT_LIMIT,
  /** Freezing, opening again, resting and closing an account. */
  ACCOUNT_CHANGE,
  /** Another asset, or another line of the chart of accounts. */
  BOOKS_CHANGE,
  PERIOD_CLOSE,
  /** Taking a range of the log out of the database. */
  ARCHIVE_DETACH,
  /** Starting, restarting or stopping a job. */
  JOB,
  KEY_CHANGE,
  /** A person's or a client's roles, attributes or credentials. */
  RIGHTS_CHANGE,
  /** What needs approval, and what the rules on attributes allow. */
  POLICY_CHANGE;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As it stands in policies: {@code account-limit}. */
  public String code() {
    return code;
  }

  public static Optional<Operation> ofCode(String code) {
    return Arrays.stream(values()).filter(operation -> operation.code.equals(code)).findFirst();
  }
}
