package ai.qenex.security.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

  private static final SigningKey KEY = SigningKey.generate("k1");
  private static final JsonObject CLAIMS = Json.createObjectBuilder().add("upn", "demo-teller").build();

  @Test
  void itsTokensAreVerifiedByItsPublishedKeyAlone() throws Exception {
    assertTrue(verified(KEY.sign(CLAIMS), KEY.jwk()));
    assertFalse(verified(KEY.sign(CLAIMS), SigningKey.generate("k1").jwk()));
  }

  @Test
  void signsTheSameAfterBeingStored() throws Exception {
    SigningKey stored = SigningKey.decode("k1", KEY.privateKey().getEncoded(), KEY.publicKey().getEncoded());
    assertEquals(KEY.sign(CLAIMS), stored.sign(CLAIMS));
    assertEquals(KEY.jwk(), stored.jwk());
  }

  private static boolean verified(String token, JsonObject jwk) throws Exception {
    Base64.Decoder base64 = Base64.getUrlDecoder();
    BigInteger modulus = new BigInteger(1, base64.decode(jwk.getString("n")));
    BigInteger exponent = new BigInteger(1, base64.decode(jwk.getString("e")));
    PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    int dot = token.lastIndexOf('.');
    Signature rs256 = Signature.getInstance("SHA256withRSA");
    rs256.initVerify(key);
    rs256.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    return rs256.verify(base64.decode(token.substring(dot + 1)));
  }

  @Test
  void publishesAKeyBeforeItSignsAndLongAfter() {
    Instant now = Instant.parse("2027-02-26T10:00:00Z");
    SigningKey old = SigningKey.generate("old");
    SigningKey young = SigningKey.generate("young");
    var keys = new SigningKeys(List.of(new SigningKeys.Dated(young, now.plus(SigningKeys.LEAD)),
        new SigningKeys.Dated(old, now.minusSeconds(1_000_000))));
    assertEquals(old, keys.signing(now));
    assertEquals(List.of(young, old), keys.published(now));
    Instant later = now.plus(SigningKeys.LEAD);
    assertEquals(young, keys.signing(later));
    assertEquals(List.of(young, old), keys.published(later.plus(SigningKeys.AFTERLIFE)));
    assertEquals(List.of(young), keys.published(later.plus(SigningKeys.AFTERLIFE).plusMillis(1)));
    assertEquals(young, new SigningKeys(List.of(keys.keys().get(0))).signing(now), "a clock is ahead");
  }
}
