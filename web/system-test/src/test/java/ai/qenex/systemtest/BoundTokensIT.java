package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.security.KeyMaterial;
import ai.qenex.security.SignatureSuites;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that are bound to a key (RFC 9449), and thieves who have the token only. */
class BoundTokensIT {

  private static final String ASSETS = "/api/v1/assets";

  private final RunningBank bank = RunningBank.get();
  private final Api anyone = Api.as("teller");
  private final KeyMaterial keys = SignatureSuites.newKeys("Ed25519", new SecureRandom());

  @Test
  void letsInTheHolderOfTheKeyOnceWithEachProof() {
    String token = boundToken();
    String proof = proof(claims("GET", ASSETS, token));
    call("DPoP " + token, proof).expect(200);
    call("DPoP " + token, proof).expectProblem(401, "PROOF_REPLAYED");
    call("DPoP " + token, proof(claims("GET", ASSETS, token))).expect(200);
  }

  @Test
  void isOfNoUseToWhoeverHasTheTokenOnly() {
    String token = boundToken();
    Api.Answer refused = call("DPoP " + token).expectProblem(401, "PROOF_REQUIRED");
    assertEquals("DPoP error=\"invalid_dpop_proof\", algs=\"ES256 EdDSA\"", refused.header("WWW-Authenticate"));
    call("Bearer " + token).expectProblem(401, "PROOF_REQUIRED");
    call("Bearer " + token, proof(claims("GET", ASSETS, token))).expectProblem(401, "PROOF_REQUIRED");
    KeyMaterial thief = SignatureSuites.newKeys("Ed25519", new SecureRandom());
    call("DPoP " + token, proof(thief, "EdDSA", claims("GET", ASSETS, token)))
        .expectProblem(401, "PROOF_OF_ANOTHER_KEY");
  }

  @ParameterizedTest
  @CsvSource({"htm,POST,PROOF_OF_ANOTHER_REQUEST", "htu,http://localhost/api/v1/assets,PROOF_OF_ANOTHER_REQUEST",
      "ath,AAAA,PROOF_OF_ANOTHER_TOKEN", "iat,1,PROOF_UNTIMELY", "iat,99999999999,PROOF_UNTIMELY",
      "jti,'',PROOF_MALFORMED"})
  void refusesAProofForAnythingElse(String claim, String value, String clause) {
    String token = boundToken();
    Map<String, Object> claims = claims("GET", ASSETS, token);
    claims.put(claim, claim.equals("iat") ? Long.valueOf(value) : value);
    call("DPoP " + token, proof(claims)).expectProblem(401, clause);
  }

  @Test
  void refusesTwoProofsAnotherAlgorithmAndAForgedSignature() {
    String token = boundToken();
    call("DPoP " + token, proof(claims("GET", ASSETS, token)), proof(claims("GET", ASSETS, token)))
        .expectProblem(401, "PROOF_MALFORMED");
    call("DPoP " + token, proof(keys, "ES256", claims("GET", ASSETS, token))).expectProblem(401, "PROOF_MALFORMED");
    call("DPoP " + token, proof(keys, "none", claims("GET", ASSETS, token))).expectProblem(401, "PROOF_MALFORMED");
    String proof = proof(claims("GET", ASSETS, token));
    String other = proof(claims("POST", ASSETS, token));
    call("DPoP " + token, proof.substring(0, proof.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')))
        .expectProblem(401, "PROOF_WRONG");
  }

  @Test
  void bindsNoTokenByAProofThatIsNone() {
    assertEquals("invalid_dpop_proof", token("a.b.c").expect(400).text("error"));
    assertEquals("invalid_dpop_proof", token(proof(claims("GET", "/oauth2/token", null))).expect(400).text("error"));
  }

  /** The policy of this run takes transfers of this user with bound tokens only. */
  @Test
  void asksForABoundTokenWhereThePolicyDoes() {
    String token = SignedTokens.ofIssuer(bank).of("bound");
    anyone.send(HttpRequest.newBuilder(bank.at("/api/v1/transfers")).header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")))
        .expectProblem(401, "PROOF_NEEDS_BOUND_TOKEN");
    call("Bearer " + token).expect(200);
  }

  private String boundToken() {
    Api.Answer answer = token(proof(claims("POST", "/oauth2/token", null))).expect(200);
    assertEquals("DPoP", answer.text("token_type"));
    return answer.text("access_token");
  }

  private Api.Answer token(String proof) {
    return anyone.send(HttpRequest.newBuilder(bank.at("/oauth2/token")).header("DPoP", proof)
        .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers
            .ofString("grant_type=client_credentials&client_id=demo-teller&client_secret=demo")));
  }

  private Api.Answer call(String authorization, String... proofs) {
    HttpRequest.Builder request = HttpRequest.newBuilder(bank.at(ASSETS)).header("Authorization", authorization);
    for (String proof : proofs) {
      request.header("DPoP", proof);
    }
    return anyone.send(request);
  }

  /** @param token null where one is asked for */
  private Map<String, Object> claims(String method, String path, String token) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", Api.unique("proof"));
    claims.put("htm", method);
    claims.put("htu", bank.at(path).toString());
    claims.put("iat", Instant.now().getEpochSecond());
    if (token != null) {
      claims.put("ath", digest(token));
    }
    return claims;
  }

  private String proof(Map<String, Object> claims) {
    return proof(keys, "EdDSA", claims);
  }

  private static String proof(KeyMaterial keys, String algorithm, Map<String, Object> claims) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "dpop+jwt");
    header.put("alg", algorithm);
    header.put("jwk", Map.of("kty", "OKP", "crv", "Ed25519", "x", base64(keys.publicKey())));
    String signed = base64(Api.json(header).getBytes(StandardCharsets.UTF_8)) + "."
        + base64(Api.json(claims).getBytes(StandardCharsets.UTF_8));
    return signed + "." + base64(SignatureSuites.signer(keys).sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String digest(String token) {
    try {
      return base64(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
