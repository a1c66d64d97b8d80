package ai.qenex.ledger;

/** What a text must be like to be kept in the log. */
final class Texts {

  private Texts() {}

  /**
   * @throws IllegalArgumentException unless the text has at most the given number of characters, all of which UTF-8 and
   * PostgreSQL can carry
   */
  static void requireStorable(String text, int maxLength, String what) {
    if (text.length() > maxLength) {
      throw new IllegalArgumentException(what + " has at most " + maxLength + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException(what + " has no NUL character");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new IllegalArgumentException(what + " has no lone surrogate");
        }
        i++;
      }
    }
  }
}
