package ai.qenex.security.service.audit;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Records as rows of PostgreSQL's binary COPY (its manual, COPY, "Binary Format"), in memory. For one thread.
 */
final class CopyRows {

  static final String COLUMNS =
      "seq, at, node, kind, action, actor, roles, source, correlation, subject_type, subject_id, "
          + "outcome, intent, reason, before, after, hash";

  private static final byte[] HEADER =
      {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final int FIELDS = 17;
  /** Where PostgreSQL counts microseconds from: 2000-01-01. */
  private static final long EPOCH_SECONDS = 946_684_800;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);

  void begin() {
    out.reset();
    out.writeBytes(HEADER);
  }

  void add(AuditRecord record) {
    AuditEvent event = record.event();
    short2(FIELDS);
    int8(record.seq());
    int8(micros(record.at()));
    text(record.node());
    text(event.kind().code());
    text(event.action());
    text(event.origin().actor());
    text(event.origin().roles());
    text(event.origin().source());
    text(event.origin().correlation());
    text(event.subject().type());
    text(event.subject().id());
    text(event.outcome().code());
    int8(event.intent());
    text(event.reason());
    text(event.before());
    text(event.after());
    bytes(record.hash().bytes());
  }

  byte[] end() {
    short2(-1);
    return out.toByteArray();
  }

  private static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond() - EPOCH_SECONDS) + at.getNano() / 1_000;
  }

  private void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) {
    int4(bytes.length);
    out.writeBytes(bytes);
  }

  private void int8(long value) {
    int4(Long.BYTES);
    int4((int) (value >>> Integer.SIZE));
    int4((int) value);
  }

  private void int4(int value) {
    short2(value >>> Short.SIZE);
    short2(value);
  }

  private void short2(int value) {
    out.write(value >>> Byte.SIZE);
    out.write(value);
  }
}
