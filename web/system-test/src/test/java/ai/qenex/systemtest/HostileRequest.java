package ai.qenex.systemtest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One request of an attacker, byte by byte.
 *
 * @param what the kind of attack, for the report
 * @param method in the request line, whatever it is
 * @param target in the request line, raw
 * @param fields further header lines, raw
 * @param body its bytes; sent with a right length unless a field says otherwise
 */
record HostileRequest(String what, String method, String target, List<String> fields, byte[] body) {

  private static final byte[] NOTHING = new byte[0];

  static HostileRequest get(String what, String target, String... fields) {
    return new HostileRequest(what, "GET", target, List.of(fields), NOTHING);
  }

  static HostileRequest post(String what, String target, String type, String body) {
    return new HostileRequest(what, "POST", target, List.of("Content-Type: " + type),
        body.getBytes(StandardCharsets.UTF_8));
  }

  HostileRequest by(String other) {
    return new HostileRequest(what, other, target, fields, body);
  }

  HostileRequest with(String field) {
    List<String> more = new ArrayList<>(fields);
    more.add(field);
    return new HostileRequest(what, method, target, more, body);
  }

  HostileRequest carrying(byte[] other) {
    return new HostileRequest(what, method, target, fields, other);
  }

  /** @param token of the attacker, unless the request brings its own */
  byte[] bytes(String token) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    addUnlessTold(head, "Host", "localhost");
    addUnlessTold(head, "Authorization", "Bearer " + token);
    addUnlessTold(head, "Connection", "close");
    if (body.length > 0 && fields.stream().noneMatch(field -> field.startsWith("Transfer-Encoding"))) {
      addUnlessTold(head, "Content-Length", Integer.toString(body.length));
    }
    fields.forEach(field -> head.append(field).append("\r\n"));
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[first.length + body.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(body, 0, all, first.length, body.length);
    return all;
  }

  private void addUnlessTold(StringBuilder head, String name, String value) {
    if (fields.stream().noneMatch(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))) {
      head.append(name).append(": ").append(value).append("\r\n");
    }
  }

  /** For people: everything on one line, shortened. */
  @Override
  public String toString() {
    String line = what + ": " + method + " " + target + " " + fields + " "
        + new String(body, StandardCharsets.ISO_8859_1);
    return line.substring(0, Math.min(400, line.length()));
  }
}
