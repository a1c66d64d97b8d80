package ai.qenex.security.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.ProofClause;
import ai.qenex.security.ProofsOfPossession.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of RFC 9449 sections 5 and 7.1: one key, a proof for a token and one for a resource. */
class DpopProofTest {

  private static final String JWK_HEADER = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieC"
      + "I6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5"
      + "VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19";
  private static final String FOR_A_TOKEN = JWK_HEADER
      + ".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwia"
      + "WF0IjoxNTYyMjYyNjE2fQ"
      + ".2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
  private static final String FOR_A_RESOURCE = JWK_HEADER
      + ".eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0Z"
      + "WRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9"
      + ".2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
  private static final Optional<String> TOKEN = Optional.of(
      "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
  /** RFC 9449 section 6.1. */
  private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
  private static final Instant THEN = Instant.ofEpochSecond(1_562_262_616);
  private static final Call TOKEN_CALL = new Call("POST", "https://server.example.com/token", Optional.empty());
  private static final Call RESOURCE_CALL =
      new Call("GET", "https://resource.example.org/protectedresource", TOKEN);

  @Test
  void takesThePublishedProofsAndKnowsTheirKey() {
    DpopProof forToken = DpopProof.read(FOR_A_TOKEN).orElseThrow();
    assertEquals(THUMBPRINT, forToken.thumbprint());
    assertEquals(Optional.empty(), forToken.refusal(TOKEN_CALL, Optional.empty(), THEN));
    DpopProof forResource = DpopProof.read(FOR_A_RESOURCE).orElseThrow();
    assertEquals(Optional.empty(), forResource.refusal(RESOURCE_CALL, Optional.of(THUMBPRINT), THEN));
  }

  @Test
  void refusesAProofForAnythingElse() {
    DpopProof proof = DpopProof.read(FOR_A_RESOURCE).orElseThrow();
    assertRefused(ProofClause.PROOF_OF_ANOTHER_REQUEST, proof, new Call("POST", RESOURCE_CALL.uri(), TOKEN), THEN);
    assertRefused(ProofClause.PROOF_OF_ANOTHER_REQUEST, proof, new Call("GET", RESOURCE_CALL.uri() + "/", TOKEN), THEN);
    assertRefused(ProofClause.PROOF_OF_ANOTHER_TOKEN, proof,
        new Call("GET", RESOURCE_CALL.uri(), Optional.of("another")), THEN);
    assertRefused(ProofClause.PROOF_OF_ANOTHER_TOKEN, proof,
        new Call("GET", RESOURCE_CALL.uri(), Optional.empty()), THEN);
    assertRefused(ProofClause.PROOF_UNTIMELY, proof, RESOURCE_CALL, THEN.plusSeconds(123));
    assertRefused(ProofClause.PROOF_UNTIMELY, proof, RESOURCE_CALL, THEN.minusSeconds(40));
    assertEquals(Optional.of(ProofClause.PROOF_OF_ANOTHER_KEY),
        proof.refusal(RESOURCE_CALL, Optional.of("another"), THEN));
  }

  @Test
  void refusesWhatItsKeyDidNotSign() {
    String[] parts = FOR_A_TOKEN.split("\\.");
    String swapped = parts[0] + "." + FOR_A_RESOURCE.split("\\.")[1] + "." + parts[2];
    assertRefused(ProofClause.PROOF_WRONG, DpopProof.read(swapped).orElseThrow(), RESOURCE_CALL, THEN);
  }

  @Test
  void readsNothingElseAsAProof() {
    String[] parts = FOR_A_TOKEN.split("\\.");
    for (String text : new String[] {"", ".", "..", "a.b.c", FOR_A_TOKEN + ".", parts[0], "e30." + parts[1] + ".AA",
        header("{\"typ\":\"JWT\"}"), header("{\"typ\":\"dpop+jwt\",\"alg\":\"none\",\"jwk\":{}}"),
        header("{\"typ\":\"dpop+jwt\",\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}"), "x".repeat(5_000)}) {
      assertTrue(DpopProof.read(text).isEmpty(), text);
    }
  }

  private static String header(String json) {
    String[] parts = FOR_A_TOKEN.split("\\.");
    return Base64.getUrlEncoder().withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8)) + "." + parts[1] + "." + parts[2];
  }

  private static void assertRefused(ProofClause clause, DpopProof proof, Call call, Instant now) {
    assertEquals(Optional.of(clause), proof.refusal(call, Optional.of(THUMBPRINT), now));
  }
}
