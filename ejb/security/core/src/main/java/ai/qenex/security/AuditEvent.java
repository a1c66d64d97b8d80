package ai.qenex.security;

/**
 * Something the audit log shall keep. Immutable; what is longer than it may be is cut with a mark, because nothing may
 * fail over the length of its record.
 *
 * <p>
 * Never put a secret or a person's data into one: passwords, tokens, names, remittance information. Records are kept
 * for years and exported.
 *
 * @param action what was done, in the words of who does it: {@code POST accounts/{ref}/freeze}, {@code rotate}; cut to
 * 80 characters
 * @param intent number of the record that said it was about to be done; 0 if there is none
 * @param reason why it ended so, such as the code of a problem; cut to 500 characters
 * @param before the subject's state before a change, in plain text, empty without a change; cut to 8,000 characters
 * @param after the state it came to, or figures of the result
 */
public record AuditEvent(AuditKind kind, String action, AuditOrigin origin, AuditSubject subject, AuditOutcome outcome,
    long intent,
    String reason, String before, String after) {

  private static final int LONGEST_ACTION = 80;
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_STATE = 8_000;

  public AuditEvent {
    if (intent < 0) {
      throw new IllegalArgumentException("an intent is the number of a record, or 0");
    }
    action = AuditText.bounded(action, LONGEST_ACTION);
    reason = AuditText.bounded(reason, LONGEST_REASON);
    before = AuditText.bounded(before, LONGEST_STATE);
    after = AuditText.bounded(after, LONGEST_STATE);
  }

  /** By whoever this thread works for, see {@link AuditOrigin#current()}. */
  public static AuditEvent of(AuditKind kind, String action, AuditSubject subject, AuditOutcome outcome) {
    return new AuditEvent(kind, action, AuditOrigin.current(), subject, outcome, 0, "", "", "");
  }

  public AuditEvent by(AuditOrigin whom) {
    return new AuditEvent(kind, action, whom, subject, outcome, intent, reason, before, after);
  }

  /** The same with another outcome. */
  public AuditEvent ended(AuditOutcome how) {
    return new AuditEvent(kind, action, origin, subject, how, intent, reason, before, after);
  }

  /** The end of what record {@code seq} intended. */
  public AuditEvent ending(long seq) {
    return new AuditEvent(kind, action, origin, subject, outcome, seq, reason, before, after);
  }

  public AuditEvent about(AuditSubject whatElse) {
    return new AuditEvent(kind, action, origin, whatElse, outcome, intent, reason, before, after);
  }

  public AuditEvent because(String why) {
    return new AuditEvent(kind, action, origin, subject, outcome, intent, why, before, after);
  }

  public AuditEvent changing(String from, String to) {
    return new AuditEvent(kind, action, origin, subject, outcome, intent, reason, from, to);
  }
}
