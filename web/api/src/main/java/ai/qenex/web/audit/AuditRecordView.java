package ai.qenex.web.audit;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditRecord;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A record of the audit log, with the members that its line of the export has.
 *
 * @param roles of the actor, separated by commas
 * @param intent number of the record that said it was about to be done; 0 if there is none
 * @param previous hash of the record before, hex digits
 * @param hash its own: SHA-256 of a zero byte and its canonical form
 */
public record AuditRecordView(long seq, Instant at, String node, String kind, String action, String actor,
    String roles, String source, String correlation, String subjectType, String subject, String outcome, long intent,
    String reason, String before, String after, String previous, String hash) {

  static AuditRecordView of(AuditRecord record) {
    AuditEvent event = record.event();
    return new AuditRecordView(record.seq(), record.at(), record.node(), event.kind().code(), event.action(),
        event.origin().actor(), event.origin().roles(), event.origin().source(), event.origin().correlation(),
        event.subject().type(), event.subject().id(), event.outcome().code(), event.intent(), event.reason(),
        event.before(), event.after(), record.previous().toString(), record.hash().toString());
  }

  /** @param next cursor of the page behind; absent on the last */
  public record AuditPage(List<AuditRecordView> items, Optional<String> next) {}

  /** A signed tree head. @param size records it covers, those numbered 1 to this */
  public record AuditHeadView(long number, long size, String root, Instant at, String previous, String suite,
      String keyId, int epoch, String signature) {

    static AuditHeadView of(AuditHead head) {
      return new AuditHeadView(head.number(), head.size(), head.root().toString(), head.at(),
          head.previous().toString(), head.suite(), head.keyId(), head.epoch(),
          Base64.getEncoder().encodeToString(head.signature()));
    }
  }

  /** @param next number to ask for behind; absent on the last page */
  public record AuditHeadPage(List<AuditHeadView> items, Optional<Long> next) {}

  /** @param publicKey in the suite's encoding, as Base64 */
  public record AuditKeyView(String keyId, String suite, String publicKey) {}

  public record AuditKeyList(List<AuditKeyView> items) {}

  /** @param path hashes from the record's to the head's root (RFC 9162 §2.1.3); its leaf index is seq - 1 */
  public record AuditProofView(AuditRecordView record, AuditHeadView head, List<String> path) {}

  /** @param path hashes that show that the tree of {@code from} is the beginning of that of {@code to} */
  public record AuditGrowthView(AuditHeadView from, AuditHeadView to, List<String> path) {}

  /** What a look over the log found. @param checkedFrom first record of the stretch that was hashed again this time */
  public record AuditCheckView(boolean passed, long records, long signed, long head, long checkedFrom, long checkedTo,
      List<String> violations) {}
}
