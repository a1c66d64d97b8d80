package ai.qenex.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.audit.AuditForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The auditor's command on an exported audit log (invariant AUDIT-2); every attack on its records is tested beside
 * them.
 */
class VerifyAuditTest {

  private static final int RECORDS = 500;

  private final MessageSigner signer =
      SignatureSuites.signer(SignatureSuites.newKeys(SignatureSuites.DEFAULT, new SecureRandom()));
  private final List<String> records = new ArrayList<>();
  private final List<String> heads = new ArrayList<>();
  @TempDir private Path folder;
  private String said = "";

  @BeforeEach
  void write() throws IOException {
    var form = new AuditForm();
    var tree = new MerkleStack(new TreeHash());
    Optional<AuditHead> head = Optional.empty();
    Hash previous = Hash.NOTHING;
    AuditEvent event = AuditEvent.of(AuditKind.ACTION, "POST transfers", new AuditSubject("transfer", "t"),
        AuditOutcome.SUCCEEDED).by(AuditOrigin.of("ann", List.of("teller"), "192.0.2.1", "c"));
    for (int seq = 1; seq <= RECORDS; seq++) {
      AuditRecord record =
          form.record(seq, Instant.ofEpochSecond(seq), new AuditForm.Place(previous, "n"), event);
      previous = record.hash();
      records.add(AuditLine.of(record));
      tree.add(previous);
      if (seq % 100 == 0) {
        var next = new AuditHead(seq / 100, seq, tree.root(), record.at(),
            head.map(AuditHead::hash).orElse(Hash.NOTHING), signer.suite(), signer.keyId(), 1, new byte[0]);
        head = Optional.of(next.signed(signer.sign(next.form())));
        heads.add(AuditLine.of(head.get()));
      }
    }
    Files.writeString(folder.resolve("keys"), "{\"items\":[{\"keyId\":\"" + signer.keyId() + "\",\"suite\":\""
        + signer.suite() + "\",\"publicKey\":\"" + Base64.getEncoder().encodeToString(signer.publicKey()) + "\"}]}");
  }

  private int verify(String... kept) throws IOException {
    Files.write(folder.resolve("records"), records);
    Files.write(folder.resolve("heads"), heads);
    var arguments = new ArrayList<>(List.of("audit", folder.resolve("records").toString(),
        folder.resolve("heads").toString(), folder.resolve("keys").toString()));
    arguments.addAll(List.of(kept));
    var out = new ByteArrayOutputStream();
    int code = VerifyLog.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
    said = out.toString(StandardCharsets.UTF_8);
    return code;
  }

  @Test
  void passesWhatIsAsItWasWritten() throws IOException {
    assertEquals(VerifyLog.VERIFIED, verify(), said);
    assertTrue(said.contains("records 1 to 500 are what heads 1 to 5 cover"), said);
    heads.remove(4);
    assertEquals(VerifyLog.VERIFIED, verify(), said);
    assertTrue(said.contains("100 newer ones are chained and not signed yet"), said);
  }

  @Test
  void namesTheRecordThatWasAltered() throws IOException {
    records.set(249, records.get(249).replace("succeeded", "refused"));
    assertEquals(VerifyLog.FOUND, verify(), said);
    assertTrue(said.contains("record 250 (line 250)"), said);
  }

  @Test
  void findsWhatWasCutOffWithItsHeads() throws IOException {
    String root = AuditLine.head(heads.get(4)).root().toString();
    assertEquals(VerifyLog.VERIFIED, verify("5:" + root), said);
    heads.remove(4);
    records.subList(400, 500).clear();
    assertEquals(VerifyLog.FOUND, verify("5:" + root), said);
    assertTrue(said.contains("truncated"), said);
  }

  @Test
  void findsWhatWasCutOffUnderItsHead() throws IOException {
    records.remove(499);
    assertEquals(VerifyLog.FOUND, verify(), said);
    assertTrue(said.contains("truncated"), said);
  }

  @Test
  void refusesFilesItCannotRead() throws IOException {
    heads.set(2, heads.get(2).replace("\"size\"", "\"sise\""));
    assertEquals(VerifyLog.UNREADABLE, verify(), said);
  }
}
