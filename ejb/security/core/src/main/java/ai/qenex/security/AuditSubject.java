package ai.qenex.security;

/**
 * What it was done to.
 *
 * @param type in a word: {@code transfer}, {@code account}, {@code client}; cut to 40 characters
 * @param id by which the type's own API knows it, empty if there is none; never a person's name; cut to 200 characters
 */
public record AuditSubject(String type, String id) {

  private static final int LONGEST_TYPE = 40;
  private static final int LONGEST_ID = 200;

  public AuditSubject {
    type = AuditText.bounded(type, LONGEST_TYPE);
    id = AuditText.bounded(id, LONGEST_ID);
  }
}
