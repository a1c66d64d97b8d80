package ai.qenex.security.edge;

import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLine;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.SignatureClause;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.SignedRequest;
import ai.qenex.security.edge.SignatureRules.Finding;
import ai.qenex.security.edge.SignatureRules.VerifyingKey;
import ai.qenex.security.identity.CodeOfTheMoment;
import ai.qenex.security.identity.PasswordPolicy;
import ai.qenex.security.identity.Pkce;
import ai.qenex.security.identity.RecoveryCode;
import ai.qenex.security.keys.SealedForm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a fuzzer calls: whatever a client sends as a signature, a digest, a key, a code or a password, and whatever
 * stands in an exported audit log, is read as what it is or refused; nothing of it passes as signed. The first byte
 * chooses the reader.
 *
 * <p>
 * {@link SecurityFormsFuzzTest} runs it on seeds and what is almost like them in every build;
 * {@code mvn -Pfuzz verify -pl ejb/security/core} looks further with Jazzer.
 */
public final class SecurityFormsFuzz {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final SignatureRules RULES = new SignatureRules(Duration.ofSeconds(300), Duration.ofSeconds(30));
  private static final List<String> SUITES = List.of("Ed25519", "ECDSA-P256", "ML-DSA-65", "Ed25519+ML-DSA-65");

  /** What stands in the first byte, from {@code '0'} on. */
  private static final List<Consumer<byte[]>> READERS =
      List.of(SecurityFormsFuzz::signedRequest, SecurityFormsFuzz::digest, SecurityFormsFuzz::publicKey,
          SecurityFormsFuzz::auditRecord, SecurityFormsFuzz::auditHead, SecurityFormsFuzz::codes,
          SecurityFormsFuzz::sealed);

  private SecurityFormsFuzz() {}

  /** The name that fuzzers call. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      READERS.get(Math.floorMod(input[0] - '0', READERS.size())).accept(Arrays.copyOfRange(input, 1, input.length));
    }
  }

  /** Lines: Signature-Input, Signature, Content-Digest; what comes behind them is the body. */
  private static void signedRequest(byte[] input) {
    String[] lines = text(input).split("\n", 4);
    Map<String, List<String>> fields = new HashMap<>(Map.of("host", List.of("bank.example")));
    List<String> names = List.of("signature-input", "signature", "content-digest");
    for (int i = 0; i < names.size() && i < lines.length; i++) {
      fields.put(names.get(i), List.of(lines[i]));
    }
    byte[] body = lines.length < 4 ? new byte[0] : lines[3].getBytes(StandardCharsets.ISO_8859_1);
    var request = new SignedRequest("POST", "/api/v1/transfers", "", fields, body);
    byte[] key = new byte[32];
    Finding finding =
        RULES.judge(request, id -> id.equals("k") ? Optional.of(new VerifyingKey("Ed25519", key)) : Optional.empty(),
            NOW);
    require(finding.refusal().isPresent() && finding.used().isEmpty(), "nobody can sign for this key");
    if (lines.length > 1) {
      boolean read = SignatureInput.parse(lines[0], lines[1]).isPresent();
      boolean malformed = finding.refusal().get() == SignatureClause.SIGNATURE_MALFORMED;
      boolean stripped = !lines[0].equals(lines[0].strip()) || !lines[1].equals(lines[1].strip());
      require(read || malformed || stripped, "what cannot be read is malformed");
    }
  }

  private static void digest(byte[] input) {
    String[] lines = text(input).split("\n", 2);
    byte[] body = lines.length < 2 ? new byte[0] : lines[1].getBytes(StandardCharsets.ISO_8859_1);
    require(!ContentDigest.matches(lines[0], body) || ContentDigest.isReadable(lines[0]), "what matches can be read");
    require(ContentDigest.matches(ContentDigest.of(body), body), "a body has its own digest");
  }

  /** A client brings its own public key: whatever its bytes are, nothing signs itself. */
  private static void publicKey(byte[] input) {
    if (input.length < 2) {
      return;
    }
    String suite = SUITES.get(Math.floorMod(input[0], SUITES.size()));
    int length = Math.min(input.length - 2, Byte.toUnsignedInt(input[1]) * 8);
    byte[] key = Arrays.copyOfRange(input, 2, 2 + length);
    byte[] signature = Arrays.copyOfRange(input, 2 + length, input.length);
    SignatureSuites.verify(suite, key, new byte[] {1, 2, 3}, signature);
    require(SignatureSuites.keyId(suite, key).length() == 32, "a key has an id");
  }

  private static void auditRecord(byte[] input) {
    AuditRecord record;
    try {
      record = AuditLine.record(text(input));
    } catch (IllegalArgumentException none) {
      return;
    }
    require(AuditLine.record(AuditLine.of(record)).equals(record), "a record is read as it is written");
  }

  private static void auditHead(byte[] input) {
    AuditHead head;
    try {
      head = AuditLine.head(text(input));
    } catch (IllegalArgumentException none) {
      return;
    }
    require(AuditLine.of(AuditLine.head(AuditLine.of(head))).equals(AuditLine.of(head)), "a head is read as written");
  }

  private static void codes(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    byte[] secret = new byte[CodeOfTheMoment.SECRET_BYTES];
    boolean taken = CodeOfTheMoment.stepOf(secret, text, NOW, 0).isPresent();
    require(!taken || text.length() == CodeOfTheMoment.DIGITS, "a code has six digits");
    require(!RecoveryCode.isCode(text)
        || Arrays.equals(RecoveryCode.digest("anna", text), RecoveryCode.digest("anna", text.toLowerCase(
            java.util.Locale.ROOT))),
        "a recovery code may be typed in small letters");
    Pkce.proves(text, text);
    String normal = PasswordPolicy.normalized(text);
    require(PasswordPolicy.normalized(normal).equals(normal), "a normal form is its own");
    new PasswordPolicy(12, password -> false).refuse("anna", normal);
  }

  private static void sealed(byte[] input) {
    SealedForm.read(input).ifPresent(parts -> require(
        Arrays.equals(SealedForm.of(parts.epoch(), parts.nonce(), parts.encrypted()), input),
        "a form has one spelling"));
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.ISO_8859_1);
  }

  private static void require(boolean holds, String law) {
    if (!holds) {
      throw new AssertionError(law);
    }
  }
}
