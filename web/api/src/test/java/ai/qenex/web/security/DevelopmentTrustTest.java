package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DevelopmentTrustTest {

  @Test
  void trustsOurOwnKeysInDevelopment() {
    assertEquals("http://127.0.0.1:8081/oauth2/jwks",
        DevelopmentTrust.values("development", "8081").get("mp.jwt.verify.publickey.location"));
  }

  @Test
  void trustsNobodyByItselfInProduction() {
    assertEquals(Map.of(), DevelopmentTrust.values("production", "8081"));
    assertEquals(Map.of(), DevelopmentTrust.values("misspelt", "8081"));
  }
}
