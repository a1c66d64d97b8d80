package ai.qenex.security.audit;

import ai.qenex.kernel.FormWriter;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.TreeHash;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditRecord;
import java.time.Instant;

/**
 * The canonical form of an audit record, what its hash is over: the version byte {@code 0x01}, number (8 bytes), time
 * (8, microseconds since 1970-01-01T00:00:00Z), hash of the record before (32), and then the texts node, kind, action,
 * actor, roles, source, correlation, type and id of the subject, outcome; number of the intent (8); and the texts
 * reason, before, after. Integers are big-endian, a text is the length of its UTF-8 bytes in 2 bytes and then those. A
 * form never changes; a new need gets a new version. For one thread.
 */
public final class AuditForm {

  private static final int VERSION = 1;

  private final FormWriter out = new FormWriter();
  private final TreeHash hash = new TreeHash();

  /** The record with these contents, and with its hash. */
  public AuditRecord record(long seq, Instant at, Place place, AuditEvent event) {
    Hash leaf = hash.leaf(write(seq, at, place, event).toBytes());
    return new AuditRecord(seq, at, place.previous(), place.node(), event, leaf);
  }

  /** What the hash of the record must be. */
  public Hash hashOf(AuditRecord record) {
    return hash.leaf(bytes(record));
  }

  public byte[] bytes(AuditRecord record) {
    return write(record.seq(), record.at(), new Place(record.previous(), record.node()), record.event()).toBytes();
  }

  /** Where a record is written: behind which other one, and by which node. */
  public record Place(Hash previous, String node) {}

  private FormWriter write(long seq, Instant at, Place place, AuditEvent event) {
    out.begin();
    return out.int1(VERSION).int8(seq).micros(at).hash(place.previous()).text(place.node())
        .text(event.kind().code()).text(event.action()).text(event.origin().actor()).text(event.origin().roles())
        .text(event.origin().source()).text(event.origin().correlation())
        .text(event.subject().type()).text(event.subject().id()).text(event.outcome().code()).int8(event.intent())
        .text(event.reason()).text(event.before()).text(event.after());
  }
}
