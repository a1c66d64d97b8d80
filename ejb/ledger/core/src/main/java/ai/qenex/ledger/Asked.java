package ai.qenex.ledger;

/**
 * Who asked for a change, and why: kept in the log for the bank's auditors.
 *
 * @param by the actor's subject, at most {@value #MAX_SUBJECT} characters
 * @param reason at most {@value #MAX_REASON} characters; empty if none was given
 */
public record Asked(String by, String reason) {

  public static final int MAX_SUBJECT = 255;
  public static final int MAX_REASON = 280;

  public Asked {
    Texts.requireStorable(by, MAX_SUBJECT, "an actor's subject");
    Texts.requireStorable(reason, MAX_REASON, "a reason");
  }
}
