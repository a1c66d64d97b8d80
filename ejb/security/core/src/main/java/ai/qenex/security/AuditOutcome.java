package ai.qenex.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How it ended, as far as the record knows. The code stands in records. */
public enum AuditOutcome {
  /** It is about to be tried; another record tells the end. */
  INTENDED,
  SUCCEEDED,
  /** A rule said no, or a right is missing: nothing was done. */
  REFUSED,
  /** A fault ended it. What it changed until then is told by the ledger. */
  FAILED,
  /** The node died before it could tell. The reason says what was found out afterwards. */
  UNKNOWN;

  private final String code = name().toLowerCase(Locale.ROOT);

  public String code() {
    return code;
  }

  public static Optional<AuditOutcome> ofCode(String code) {
    return Arrays.stream(values()).filter(outcome -> outcome.code.equals(code)).findFirst();
  }
}
