package ai.qenex.security;

/** What may stand in an audit record: bounded text that PostgreSQL, UTF-8 and a line of JSON give back as it was. */
final class AuditText {

  private static final char INSTEAD = '\uFFFD';

  private AuditText() {}

  /** The text with its broken characters replaced, cut to a length with a mark that says how much is missing. */
  static String bounded(String text, int longest) {
    String clean = text == null ? "" : clean(text);
    if (clean.length() <= longest) {
      return clean;
    }
    String mark = "…(" + clean.length() + ")";
    int end = longest - mark.length();
    return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end) + mark;
  }

  private static String clean(String text) {
    StringBuilder mended = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < '\u007F') {
        continue;
      }
      if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c) || c == 0) {
        mended = mended == null ? new StringBuilder(text) : mended;
        mended.setCharAt(i, INSTEAD);
      }
    }
    return mended == null ? text : mended.toString();
  }
}
