package ai.qenex.security.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.KeyMaterial;
import ai.qenex.security.SignatureClause;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.SignedRequest;
import ai.qenex.security.edge.SignatureRules.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to pass off a request as signed that is not. */
class SignatureRulesTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String COVERED = "\"@method\" \"@path\" \"@query\" \"content-digest\"";
  private static final KeyMaterial ED = SignatureSuites.newKeys("Ed25519", new SecureRandom(new byte[] {1}));

  private final SignatureRules rules = new SignatureRules(Duration.ofSeconds(300), Duration.ofSeconds(30));
  private byte[] body = "{\"amount\":\"1.00\"}".getBytes(StandardCharsets.UTF_8);
  private String covered = COVERED;
  private String parameters = ";created=1800000000;keyid=\"k\";nonce=\"0123456789abcdef\"";

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "ECDSA-P256", "ML-DSA-65"})
  void takesWhatTheClientSignedAndTellsItsNonce(String suite) {
    KeyMaterial keys = SignatureSuites.newKeys(suite, new SecureRandom());
    parameters += ";alg=\"" + SignatureRules.algorithmOf(suite) + "\";expires=1800000010";
    var finding = judge(signed(keys), keys, NOW);
    assertEquals(Optional.empty(), finding.refusal());
    assertEquals(new SignatureRules.Use("k", "0123456789abcdef", NOW.plusSeconds(300)), finding.used().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"PUT,/api/v1/transfers,a=b", "post,/api/v1/transfers,a=b", "POST,/api/v1/transfers/,a=b",
      "POST,/api/v1//transfers,a=b", "POST,/api/v1/%74ransfers,a=b", "POST,/api/v1/transfers,a=c",
      "POST,/api/v1/transfers,''", "POST,/api/v1/transfers,a=b&a=b"})
  void refusesAnotherMethodPathOrQuery(String method, String path, String query) {
    SignedRequest right = signed(ED);
    assertRefused(SignatureClause.SIGNATURE_WRONG,
        new SignedRequest(method, path, query, right.fields(), right.body()));
  }

  @Test
  void refusesAnotherBodyWithTheOldDigestAndWithItsOwn() {
    SignedRequest right = signed(ED);
    byte[] other = "{\"amount\":\"9.00\"}".getBytes(StandardCharsets.UTF_8);
    assertRefused(SignatureClause.SIGNATURE_DIGEST_MISMATCH,
        new SignedRequest("POST", right.path(), right.query(), right.fields(), other));
    assertRefused(SignatureClause.SIGNATURE_WRONG, with(right, "content-digest", List.of(ContentDigest.of(other))));
    assertRefused(SignatureClause.SIGNATURE_DIGEST_MISMATCH,
        new SignedRequest("POST", right.path(), right.query(), right.fields(), new byte[0]));
  }

  @Test
  void refusesABodyThatTheSignatureLeavesOut() {
    covered = "\"@method\" \"@path\" \"@query\"";
    assertRefused(SignatureClause.SIGNATURE_COVERS_TOO_LITTLE, signed(ED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"@path\" \"@query\" \"content-digest\"", "\"@method\" \"@query\" \"content-digest\"",
      "\"@method\" \"@path\" \"content-digest\"", ""})
  void refusesASignatureThatCoversTooLittle(String fewer) {
    covered = fewer;
    assertRefused(SignatureClause.SIGNATURE_COVERS_TOO_LITTLE, signed(ED));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"created=1800000000;nonce=\"0123456789abcdef\"",
      "keyid=\"k\";nonce=\"0123456789abcdef\"", "created=1800000000;keyid=\"k\"",
      "created=1800000000;keyid=\"k\";nonce=\"short\""})
  void refusesASignatureWithoutTimeKeyOrNonce(String fewer) {
    parameters = ";" + fewer;
    assertRefused(SignatureClause.SIGNATURE_COVERS_TOO_LITTLE, signed(ED));
  }

  @ParameterizedTest
  @CsvSource({"1799999699,,SIGNATURE_STALE", "1799999990,1800000000,SIGNATURE_STALE", "1,,SIGNATURE_STALE",
      "1800000031,,SIGNATURE_FROM_THE_FUTURE", "999999999999999,,SIGNATURE_FROM_THE_FUTURE"})
  void refusesTheWrongTime(long created, String expires, SignatureClause clause) {
    parameters = ";created=" + created + ";keyid=\"k\";nonce=\"0123456789abcdef\""
        + (expires == null ? "" : ";expires=" + expires);
    assertRefused(clause, signed(ED));
  }

  @Test
  void refusesAKeyThatIsNotTheClients() {
    KeyMaterial other = SignatureSuites.newKeys("Ed25519", new SecureRandom());
    assertRefused(SignatureClause.SIGNATURE_WRONG, signed(other));
    var finding = rules.judge(signed(ED), id -> Optional.empty(), NOW);
    assertEquals(Optional.of(SignatureClause.SIGNATURE_KEY_UNKNOWN), finding.refusal());
  }

  /** The key's own algorithm decides, whatever the message says. */
  @ParameterizedTest
  @ValueSource(strings = {"hmac-sha256", "none", "ecdsa-p256-sha256", "rsa-pss-sha512", "ED25519", ""})
  void refusesAnotherAlgorithmThanTheKeys(String algorithm) {
    parameters += ";alg=\"" + algorithm + "\"";
    assertRefused(SignatureClause.SIGNATURE_ALGORITHM_MISMATCH, signed(ED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"signature", "signature-input", "content-digest"})
  void refusesFieldsThatComeTwiceOrNotAtAll(String field) {
    SignedRequest right = signed(ED);
    List<String> twice = new ArrayList<>(right.fields().get(field));
    twice.addAll(twice);
    assertTrue(judge(with(right, field, twice), ED, NOW).refusal().isPresent());
    assertTrue(judge(with(right, field, List.of()), ED, NOW).refusal().isPresent());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"sig=()|sig=:AAAA:", "sig=(\"@method\";req)|sig=:AAAA:",
      "sig=(\"@method\" \"@method\");created=1|sig=:AAAA:", "sig=(\"@method\"),other=(\"@path\")|sig=:AAAA:",
      "sig=(\"@method\");created=1;created=2|sig=:AAAA:", "sig=(\"@method\");created=\"1\"|sig=:AAAA:",
      "sig=(\"@method\");keyid=1|sig=:AAAA:", "sig=(\"@method\")|other=:AAAA:", "sig=(\"@method\")|sig=:A:",
      "sig=(\"@Method\")|sig=:AAAA:", "sig=( \"@method\" )|sig=:AAAA:", "''|''",
      "sig=(\"@method\");nonce=\"a\\\"b\"|sig=:AAAA:"})
  void readsNoOtherForm(String input, String signature) {
    SignedRequest request = new SignedRequest("GET", "/", "", Map.of("Signature-Input", List.of(input), "Signature",
        List.of(signature)), new byte[0]);
    assertTrue(judge(request, ED, NOW).refusal().isPresent());
  }

  @Property(tries = 300)
  void refusesASignatureOfWhichAnyBitIsTurned(@ForAll @IntRange(max = 511) int bit) {
    SignedRequest right = signed(ED);
    byte[] signature = SignatureInput.parse(right.single("signature-input").orElseThrow(),
        right.single("signature").orElseThrow()).orElseThrow().signature();
    signature[bit / 8] ^= (byte) (1 << bit % 8);
    assertEquals(Optional.of(SignatureClause.SIGNATURE_WRONG), judge(
        with(right, "signature", List.of("sig=:" + Base64.getEncoder().encodeToString(signature) + ":")), ED, NOW)
        .refusal());
  }

  private SignedRequest signed(KeyMaterial keys) {
    String input = "(" + covered + ")" + parameters;
    var unsigned = new SignedRequest("POST", "/api/v1/transfers", "a=b",
        Map.of("Content-Digest", List.of(ContentDigest.of(body))), body);
    var read = SignatureInput.parse("sig=" + input, "sig=::").orElseThrow();
    byte[] base = SignatureBase.of(unsigned, read).orElseThrow();
    String signature = Base64.getEncoder().encodeToString(SignatureSuites.signer(keys).sign(base));
    return with(with(unsigned, "signature-input", List.of("sig=" + input)), "signature",
        List.of("sig=:" + signature + ":"));
  }

  private static SignedRequest with(SignedRequest request, String field, List<String> values) {
    Map<String, List<String>> fields = new HashMap<>(request.fields());
    fields.put(field, values);
    return new SignedRequest(request.method(), request.path(), request.query(), fields, request.body());
  }

  private SignatureRules.Finding judge(SignedRequest request, KeyMaterial key, Instant now) {
    var known = new VerifyingKey(key.suite(), key.publicKey());
    return rules.judge(request, id -> id.equals("k") ? Optional.of(known) : Optional.empty(), now);
  }

  private void assertRefused(SignatureClause clause, SignedRequest request) {
    assertEquals(Optional.of(clause), judge(request, ED, NOW).refusal());
  }
}
