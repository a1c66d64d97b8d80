package ai.qenex.security;

import ai.qenex.kernel.Hash;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A record, or a head, as one line of JSON with its members in fixed order and every character outside plain ASCII
 * escaped. A line is read back only if it is what would be written, so no byte of an export can be changed unnoticed.
 */
public final class AuditLine {

  private static final HexFormat HEX = HexFormat.of();

  private AuditLine() {}

  /** Without an end of line. */
  public static String of(AuditRecord record) {
    AuditEvent event = record.event();
    var out = new StringBuilder(600);
    out.append("{\"seq\":").append(record.seq()).append(",\"at\":\"").append(record.at());
    text(out, "\",\"node\":\"", record.node());
    text(out, "\",\"kind\":\"", event.kind().code());
    text(out, "\",\"action\":\"", event.action());
    text(out, "\",\"actor\":\"", event.origin().actor());
    text(out, "\",\"roles\":\"", event.origin().roles());
    text(out, "\",\"source\":\"", event.origin().source());
    text(out, "\",\"correlation\":\"", event.origin().correlation());
    text(out, "\",\"subjectType\":\"", event.subject().type());
    text(out, "\",\"subject\":\"", event.subject().id());
    text(out, "\",\"outcome\":\"", event.outcome().code());
    out.append("\",\"intent\":").append(event.intent());
    text(out, ",\"reason\":\"", event.reason());
    text(out, "\",\"before\":\"", event.before());
    text(out, "\",\"after\":\"", event.after());
    return out.append("\",\"previous\":\"").append(record.previous()).append("\",\"hash\":\"").append(record.hash())
        .append("\"}").toString();
  }

  /** @throws IllegalArgumentException if no record is written like this; whether the hash is right is not asked */
  public static AuditRecord record(String line) {
    var in = new LineReader(line);
    long seq = in.number("{\"seq\":");
    Instant at = instant(in.text(",\"at\":"));
    String node = in.text(",\"node\":");
    AuditKind kind = AuditKind.ofCode(in.text(",\"kind\":")).orElseThrow(() -> new IllegalArgumentException("kind"));
    String action = in.text(",\"action\":");
    var origin = new AuditOrigin(in.text(",\"actor\":"), in.text(",\"roles\":"), in.text(",\"source\":"),
        in.text(",\"correlation\":"));
    var subject = new AuditSubject(in.text(",\"subjectType\":"), in.text(",\"subject\":"));
    AuditOutcome outcome =
        AuditOutcome.ofCode(in.text(",\"outcome\":")).orElseThrow(() -> new IllegalArgumentException("outcome"));
    long intent = in.number(",\"intent\":");
    var event = new AuditEvent(kind, action, origin, subject, outcome, intent, in.text(",\"reason\":"),
        in.text(",\"before\":"), in.text(",\"after\":"));
    var record = new AuditRecord(seq, at, Hash.ofHex(in.text(",\"previous\":")), node, event,
        Hash.ofHex(in.text(",\"hash\":")));
    in.end();
    requireSame(line, of(record));
    return record;
  }

  /** Without an end of line. */
  public static String of(AuditHead head) {
    var out = new StringBuilder(400);
    out.append("{\"number\":").append(head.number()).append(",\"size\":").append(head.size()).append(",\"root\":\"")
        .append(head.root()).append("\",\"at\":\"").append(head.at()).append("\",\"previous\":\"")
        .append(head.previous());
    text(out, "\",\"suite\":\"", head.suite());
    text(out, "\",\"keyId\":\"", head.keyId());
    return out.append("\",\"epoch\":").append(head.epoch()).append(",\"signature\":\"")
        .append(Base64.getEncoder().encodeToString(head.signature())).append("\"}")
        .toString();
  }

  /** @throws IllegalArgumentException if no head is written like this; whether the signature is right is not asked */
  public static AuditHead head(String line) {
    var in = new LineReader(line);
    var head = new AuditHead(in.number("{\"number\":"), in.number(",\"size\":"), Hash.ofHex(in.text(",\"root\":")),
        instant(in.text(",\"at\":")), Hash.ofHex(in.text(",\"previous\":")), in.text(",\"suite\":"),
        in.text(",\"keyId\":"), epoch(in.number(",\"epoch\":")),
        Base64.getDecoder().decode(in.text(",\"signature\":")));
    in.end();
    requireSame(line, of(head));
    return head;
  }

  private static void requireSame(String line, String canonical) {
    if (!line.equals(canonical)) {
      throw new IllegalArgumentException("it is not written as it was exported");
    }
  }

  private static int epoch(long number) {
    if (number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("it has no epoch where one belongs");
    }
    return (int) number;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("it has no instant where one belongs", e);
    }
  }

  private static void text(StringBuilder out, String member, String text) {
    out.append(member);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append("\\u").append(HEX.toHexDigits(c));
      } else {
        out.append(c);
      }
    }
  }
}
