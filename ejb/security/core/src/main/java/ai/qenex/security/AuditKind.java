package ai.qenex.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an audit record is about. The code stands in records, so a kind may be added but never renamed. */
public enum AuditKind {
  /** Something that was asked for over the API and changes the bank. */
  ACTION,
  /** Somebody asked for a token or proved a factor. */
  LOGIN,
  /** A caller was turned away: no valid token, or none with that role. */
  ACCESS,
  /** Somebody read what only auditors may read in bulk. */
  READING,
  /** A step-up or strong customer authentication. */
  STEP_UP,
  /** A maker's request and its approvals. */
  APPROVAL,
  /** A user, client, role or policy was changed. */
  IDENTITY,
  /** A cryptographic key was made, rotated, used for the first time or withdrawn. */
  KEY,
  /** The properties that a node started with. */
  CONFIGURATION,
  /** A batch job or one of its steps. */
  JOB,
  /** Work that a timer did by itself. */
  TIMER,
  /** A node started or stopped, or the log has to say something of itself. */
  NODE;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Lower case: {@code step-up}. */
  public String code() {
    return code;
  }

  public static Optional<AuditKind> ofCode(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }
}
