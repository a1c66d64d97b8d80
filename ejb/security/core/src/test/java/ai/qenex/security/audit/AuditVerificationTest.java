package ai.qenex.security.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.TreeHash;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLine;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.audit.AuditVerification.Finding;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Attacks an exported audit log in every way that leaves its newest head alone, and the heads too (invariant AUDIT-2).
 * Each attack works on a log of its own place and byte; the log itself is the control that must be accepted.
 */
class AuditVerificationTest {

  private static final int ATTACKS = 10_000;
  private static final int RECORDS = 60;
  private static final String SUITE = "Ed25519";

  private final MessageSigner signer = SignatureSuites.signer(SignatureSuites.newKeys(SUITE, new SecureRandom()));
  private final Random random = new Random(7);
  private final SmallLog log = SmallLog.of(RECORDS, signer, random);
  /** Each signature is verified once: ten thousand times the same thirty cost more than all the rest. */
  private final Set<String> signed = ConcurrentHashMap.newKeySet();
  private final BiPredicate<AuditHead, byte[]> signature = (head, form) -> {
    String known = new Hash(new TreeHash().plain(form).bytes()) + Arrays.toString(head.signature());
    return signed.contains(known)
        || SignatureSuites.verify(SUITE, signer.publicKey(), form, head.signature()) && signed.add(known);
  };

  @Test
  void acceptsTheLogAsItWasWritten() {
    assertEquals(Optional.empty(), log.verify(signature));
    for (int size = 1; size < 40; size++) {
      assertEquals(Optional.empty(), SmallLog.of(size, signer, new Random(size)).verify(signature));
    }
  }

  @Test
  void findsEveryAlterationOfOneByte() {
    byte[] good = log.bytes();
    for (int attack = 0; attack < ATTACKS; attack++) {
      byte[] altered = good.clone();
      int place = random.nextInt(altered.length - 1);
      byte other = (byte) random.nextInt(256);
      altered[place] = other == altered[place] ? (byte) (other ^ 1) : other;
      assertFound(log.withRecords(altered),
          () -> "byte " + place + " of " + new String(good, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void findsEveryDeletion() {
    for (int attack = 0; attack < ATTACKS; attack++) {
      int from = random.nextInt(RECORDS);
      int count = 1 + random.nextInt(Math.min(5, RECORDS - from));
      var records = new ArrayList<>(log.records());
      records.subList(from, from + count).clear();
      assertFound(log.withRecords(records), () -> count + " records from " + from);
    }
  }

  @Test
  void findsEveryReordering() {
    for (int attack = 0; attack < ATTACKS; attack++) {
      int one = random.nextInt(RECORDS);
      int other = (one + 1 + random.nextInt(RECORDS - 1)) % RECORDS;
      var records = new ArrayList<>(log.records());
      records.add(other, records.remove(one));
      assertFound(log.withRecords(records), () -> one + " moved to " + other);
    }
  }

  @Test
  void findsEveryInsertionAndTruncation() {
    for (int attack = 0; attack < 1_000; attack++) {
      var repeated = new ArrayList<>(log.records());
      repeated.add(random.nextInt(RECORDS), log.records().get(random.nextInt(RECORDS)));
      assertFound(log.withRecords(repeated), () -> "one comes twice");
    }
    for (int size = 0; size < RECORDS; size++) {
      int left = size;
      assertFound(log.withRecords(log.records().subList(0, size)), () -> "cut to " + left);
    }
  }

  /** Whoever owns the database can write the chain anew from the change on, but he cannot sign. */
  @Test
  void findsAChainThatWasMadeAnew() {
    for (int attack = 0; attack < 300; attack++) {
      int changed = random.nextInt(RECORDS);
      var form = new AuditForm();
      var records = new ArrayList<String>();
      Hash previous = Hash.NOTHING;
      for (int i = 0; i < RECORDS; i++) {
        AuditRecord record = AuditLine.record(log.records().get(i));
        AuditEvent event = i == changed ? record.event().because("something else") : record.event();
        record = form.record(record.seq(), record.at(), new AuditForm.Place(previous, record.node()), event);
        previous = record.hash();
        records.add(AuditLine.of(record));
      }
      Finding finding = assertFound(log.withRecords(records), () -> "record " + changed);
      assertTrue(finding.what().contains("head"), finding::what);
    }
  }

  @Test
  void findsAlteredRemovedAndForgedHeads() {
    byte[] good = String.join("\n", log.heads()).getBytes(StandardCharsets.US_ASCII);
    for (int attack = 0; attack < 2_000; attack++) {
      byte[] altered = good.clone();
      int place = random.nextInt(altered.length);
      altered[place] ^= (byte) (1 << random.nextInt(7));
      assertFound(new SmallLog(log.records(), List.of(new String(altered, StandardCharsets.US_ASCII).split("\n", -1))),
          () -> "byte " + place + " of the heads");
    }
    for (int i = 0; i < log.heads().size() - 1; i++) {
      var fewer = new ArrayList<>(log.heads());
      fewer.remove(i);
      int removed = i + 1;
      assertFound(new SmallLog(log.records(), fewer), () -> "head " + removed + " is missing");
    }
    MessageSigner stranger = SignatureSuites.signer(SignatureSuites.newKeys(SUITE, new SecureRandom()));
    SmallLog forged = SmallLog.of(RECORDS, stranger, new Random(7));
    assertFound(forged, () -> "signed by somebody else");
  }

  @Test
  void acceptsRecordsThatNoHeadCoversYet() {
    var fewer = new ArrayList<>(log.heads());
    fewer.remove(fewer.size() - 1);
    assertEquals(Optional.empty(), new SmallLog(log.records(), fewer).verify(signature));
  }

  @Test
  void ofOneHeadTheTreeIsTheTreeOfTheDefinition() {
    var tree = new MerkleStack(new TreeHash());
    log.records().forEach(line -> tree.add(AuditLine.record(line).hash()));
    AuditHead last = AuditLine.head(log.heads().get(log.heads().size() - 1));
    assertEquals(tree.root(), last.root());
  }

  private Finding assertFound(SmallLog attacked, Supplier<String> what) {
    Optional<Finding> finding = attacked.verify(signature);
    assertTrue(finding.isPresent(), () -> "not found: " + what.get());
    return finding.get();
  }
}
