package ai.qenex.security.audit;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.TreeHash;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditLine;
import ai.qenex.security.AuditOrigin;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.audit.AuditVerification.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;

/** An audit log as it is exported: lines of records, lines of heads. */
record SmallLog(List<String> records, List<String> heads) {

  private static final Instant START = Instant.parse("2027-03-01T08:00:00.000001Z");
  private static final String[] WORDS = {"ok", "größer", "a\"b\\c", "line\nbreak", "", "limit=5.00", "\uD83C\uDFE6"};

  /** A log of that many records with a head behind every few of them, the last one included. */
  static SmallLog of(int size, MessageSigner signer, Random random) {
    var form = new AuditForm();
    var tree = new MerkleStack(new TreeHash());
    var records = new ArrayList<String>();
    var heads = new ArrayList<String>();
    Hash previous = Hash.NOTHING;
    Optional<AuditHead> head = Optional.empty();
    for (int seq = 1; seq <= size; seq++) {
      Instant at = START.plusNanos(seq * 1_000_000L);
      AuditRecord record = form.record(seq, at, new AuditForm.Place(previous, "qenex1"), event(seq, random));
      records.add(AuditLine.of(record));
      previous = record.hash();
      tree.add(previous);
      if (random.nextInt(7) == 0 || seq == size) {
        head = Optional.of(next(head, tree, at, signer));
        heads.add(AuditLine.of(head.get()));
      }
    }
    return new SmallLog(records, heads);
  }

  static AuditHead next(Optional<AuditHead> before, MerkleStack tree, Instant at, MessageSigner signer) {
    var head = new AuditHead(before.map(AuditHead::number).orElse(0L) + 1, tree.size(), tree.root(), at,
        before.map(AuditHead::hash).orElse(Hash.NOTHING), signer.suite(), signer.keyId(), 0, new byte[0]);
    return head.signed(signer.sign(head.form()));
  }

  static AuditEvent event(int seq, Random random) {
    var origin = AuditOrigin.of("demo-teller", List.of("teller"), "192.0.2." + random.nextInt(256), "c" + seq);
    AuditKind[] kinds = AuditKind.values();
    AuditOutcome[] outcomes = AuditOutcome.values();
    return AuditEvent
        .of(kinds[random.nextInt(kinds.length)], "POST accounts/{ref}/limit",
            new AuditSubject("account", Integer.toString(random.nextInt(100))),
            outcomes[random.nextInt(outcomes.length)])
        .by(origin).ending(random.nextInt(seq)).because(WORDS[random.nextInt(WORDS.length)])
        .changing(WORDS[random.nextInt(WORDS.length)], WORDS[random.nextInt(WORDS.length)]);
  }

  /** As an auditor's program does it: read every line, then compare. */
  Optional<Finding> verify(BiPredicate<AuditHead, byte[]> signature) {
    Iterator<String> left = heads.iterator();
    var audit = new AuditVerification(
        () -> left.hasNext() ? Optional.of(AuditLine.head(left.next())) : Optional.empty(),
        head -> signature.test(head, head.form()) ? Optional.empty() : Optional.of("its signature does not verify"));
    try {
      for (String line : records) {
        Optional<Finding> finding = audit.record(AuditLine.record(line));
        if (finding.isPresent()) {
          return finding;
        }
      }
      return audit.end();
    } catch (IllegalArgumentException e) {
      return Optional.of(new Finding(audit.size() + 1, "it cannot be read: " + e.getMessage()));
    }
  }

  byte[] bytes() {
    return (String.join("\n", records) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  SmallLog withRecords(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return new SmallLog(List.of(text.substring(0, Math.max(0, text.length() - 1)).split("\n", -1)), heads);
  }

  SmallLog withRecords(List<String> others) {
    return new SmallLog(others, heads);
  }
}
