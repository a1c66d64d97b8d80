package ai.qenex.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line with one JSON object, whose members are texts, whole numbers, and arrays of texts: all that our exports
 * have. Texts have no escapes; whatever else a line holds is refused.
 */
final class FlatJson {

  private final String line;
  private int at;
  private final Map<String, Object> members = new HashMap<>();

  private FlatJson(String line) {
    this.line = line;
  }

  /** @throws IllegalArgumentException if it is no such object */
  static FlatJson parse(String line) {
    var json = new FlatJson(line);
    json.object();
    return json;
  }

  String text(String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("the member " + name + " is no text");
  }

  long number(String name) {
    if (members.get(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("the member " + name + " is no number");
  }

  List<String> texts(String name) {
    if (members.get(name) instanceof List<?> list) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new IllegalArgumentException("the member " + name + " is no array");
  }

  private void object() {
    expect('{');
    do {
      String name = string();
      expect(':');
      if (members.put(name, value()) != null) {
        throw new IllegalArgumentException("the member " + name + " comes twice");
      }
    } while (more('}'));
    if (at != line.length()) {
      throw broken();
    }
  }

  private Object value() {
    char first = peek();
    if (first == '"') {
      return string();
    }
    if (first == '[') {
      return array();
    }
    int start = at;
    while (at < line.length() && Character.digit(line.charAt(at), 10) >= 0) {
      at++;
    }
    if (at == start || at - start > 18) {
      throw broken();
    }
    return Long.parseLong(line, start, at, 10);
  }

  private List<String> array() {
    expect('[');
    var texts = new ArrayList<String>();
    do {
      texts.add(string());
    } while (more(']'));
    return texts;
  }

  private String string() {
    expect('"');
    int end = line.indexOf('"', at);
    if (end < 0) {
      throw broken();
    }
    String text = line.substring(at, end);
    if (text.indexOf('\\') >= 0) {
      throw broken();
    }
    at = end + 1;
    return text;
  }

  private boolean more(char end) {
    char next = peek();
    at++;
    if (next != ',' && next != end) {
      throw broken();
    }
    return next == ',';
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw broken();
    }
    at++;
  }

  private char peek() {
    if (at >= line.length()) {
      throw broken();
    }
    return line.charAt(at);
  }

  private IllegalArgumentException broken() {
    return new IllegalArgumentException("no JSON object of an export at character " + (at + 1));
  }
}
