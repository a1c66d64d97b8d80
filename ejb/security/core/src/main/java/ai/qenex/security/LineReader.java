package ai.qenex.security;

/** Reads the members of a line in their one order. What is not as expected is an {@link IllegalArgumentException}. */
final class LineReader {

  private static final int MOST_DIGITS = 18;
  private static final int HEX = 16;
  private static final int ESCAPED = 4;

  private final String line;
  private int at;

  LineReader(String line) {
    this.line = line;
  }

  long number(String name) {
    expect(name);
    int start = at;
    while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at - start > MOST_DIGITS) {
      throw broken();
    }
    return Long.parseLong(line, start, at, 10);
  }

  String text(String name) {
    expect(name);
    expect("\"");
    int start = at;
    while (at < line.length() && line.charAt(at) != '"' && line.charAt(at) != '\\') {
      at++;
    }
    var text = new StringBuilder().append(line, start, at);
    while (peek() != '"') {
      text.append(character());
    }
    at++;
    return text.toString();
  }

  void end() {
    expect("}");
    if (at != line.length()) {
      throw broken();
    }
  }

  private char character() {
    char c = next();
    if (c != '\\') {
      return c;
    }
    char escaped = next();
    if (escaped != 'u') {
      return escaped;
    }
    if (line.length() - at < ESCAPED) {
      throw broken();
    }
    at += ESCAPED;
    return (char) Integer.parseInt(line, at - ESCAPED, at, HEX);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private char peek() {
    if (at >= line.length()) {
      throw broken();
    }
    return line.charAt(at);
  }

  private void expect(String wanted) {
    if (!line.startsWith(wanted, at)) {
      throw broken();
    }
    at += wanted.length();
  }

  private IllegalArgumentException broken() {
    return new IllegalArgumentException("it is no line of an export at character " + (at + 1));
  }
}
