package ai.qenex.security.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.SignatureSuites;
import ai.qenex.security.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of RFC 9421 appendix B and RFC 9530 appendix B, with the keys of RFC 9421 appendix B.1. */
class PublishedSignaturesTest {

  private static final byte[] BODY = "{\"hello\": \"world\"}".getBytes(StandardCharsets.US_ASCII);
  private static final String DIGEST =
      "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";

  /** RFC 9421 appendix B.2, test-request. */
  private static final SignedRequest REQUEST = new SignedRequest("POST", "/foo", "param=Value&Pet=dog",
      Map.of("Host", List.of("example.com"), "Date", List.of("Tue, 20 Apr 2021 02:07:55 GMT"), "Content-Type",
          List.of("application/json"), "Content-Digest", List.of(DIGEST), "Content-Length", List.of("18")),
      BODY);

  @Test
  void verifiesTheRequestSignedByEd25519() {
    String parameters = "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
        + ";created=1618884473;keyid=\"test-key-ed25519\"";
    SignatureInput input = SignatureInput.parse("sig-b26=" + parameters, "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN"
        + "2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:").orElseThrow();
    byte[] base = SignatureBase.of(REQUEST, input).orElseThrow();
    assertEquals("""
        "date": Tue, 20 Apr 2021 02:07:55 GMT
        "@method": POST
        "@path": /foo
        "@authority": example.com
        "content-type": application/json
        "content-length": 18
        "@signature-params": %s""".formatted(parameters), new String(base, StandardCharsets.ISO_8859_1));
    byte[] key = Base64.getUrlDecoder().decode("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs");
    assertTrue(SignatureSuites.verify("Ed25519", key, base, input.signature()));
    assertFalse(SignatureSuites.verify("ECDSA-P256", key, base, input.signature()));
  }

  /** Appendix B.2.4; the message is a response there, so its base stands here as it is printed. */
  @Test
  void verifiesTheResponseSignedByP256() {
    byte[] base = String.join("\n", "\"@status\": 200", "\"content-type\": application/json",
        "\"content-digest\": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0"
            + "rjJuahq4l5aGgfLQ==:",
        "\"content-length\": 23",
        "\"@signature-params\": (\"@status\" \"content-type\" \"content-digest\" \"content-length\")"
            + ";created=1618884473;keyid=\"test-key-ecc-p256\"")
        .getBytes(StandardCharsets.ISO_8859_1);
    byte[] key = new byte[65];
    key[0] = 4;
    System.arraycopy(Base64.getUrlDecoder().decode("qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA"), 0, key, 1, 32);
    System.arraycopy(Base64.getUrlDecoder().decode("Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"), 0, key, 33, 32);
    byte[] signature = Base64.getDecoder()
        .decode("wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==");
    assertTrue(SignatureSuites.verify("ECDSA-P256", key, base, signature));
  }

  @Test
  void digestsAsPublished() {
    assertTrue(ContentDigest.matches(DIGEST, BODY));
    byte[] withNewline = "{\"hello\": \"world\"}\n".getBytes(StandardCharsets.US_ASCII);
    assertEquals("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:", ContentDigest.of(withNewline));
    assertFalse(ContentDigest.matches(DIGEST, withNewline));
    assertFalse(ContentDigest.matches("md5=:Sd/dVLAcvNLSq16eXua5uQ==:", BODY));
  }
}
