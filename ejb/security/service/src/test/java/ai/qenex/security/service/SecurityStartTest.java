package ai.qenex.security.service;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityStartTest {

  private static final Map<String, String> BANKS_OWN = Map.of("mp.jwt.verify.issuer", "https://login.bank.example",
      "mp.jwt.verify.audiences", "qenex-api", "mp.jwt.verify.publickey.location", "https://login.bank.example/jwks");

  @Test
  void productionStartsWithTheBanksOwnIssuer() {
    assertDoesNotThrow(() -> require(BANKS_OWN));
  }

  @Test
  void productionDoesNotStartWithoutIssuerOrKeyOrWithOurs() {
    refuses(Map.of());
    refuses(Map.of("mp.jwt.verify.issuer", "https://login.bank.example"));
    refuses(Map.of("mp.jwt.verify.publickey.location", "https://login.bank.example/jwks"));
    refuses(Map.of("mp.jwt.verify.issuer", "https://login.bank.example", "mp.jwt.verify.publickey", "x"));
    refuses(Map.of("mp.jwt.verify.issuer", TokenIssuerBean.ISSUER, "mp.jwt.verify.audiences", "qenex-api",
        "mp.jwt.verify.publickey", "x"));
  }

  private static void refuses(Map<String, String> properties) {
    QenexException fault = assertThrows(QenexException.class, () -> require(properties));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, fault.code());
  }

  private static void require(Map<String, String> properties) {
    SecurityStart.requireForeignIssuer(name -> properties.getOrDefault(name, ""));
  }
}
