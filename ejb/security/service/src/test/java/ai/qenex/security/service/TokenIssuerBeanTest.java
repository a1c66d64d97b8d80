package ai.qenex.security.service;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIssuerBeanTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u0000", "demo-teller\u0000", "demo teller", "demo-teller\n", "d\u00e9mo", "\ud800",
      "a/b", "'", "*"})
  void looksForNoClientOfAnotherForm(String clientId) {
    assertFalse(TokenIssuerBean.canBeClient(clientId, "demo"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo\u0000", "\u0000", "demo\n", "d\u00e9mo", "\ud800"})
  void takesNoSecretOfAnotherForm(String secret) {
    assertFalse(TokenIssuerBean.canBeClient("demo-teller", secret));
  }

  @Test
  void boundsIdAndSecret() {
    assertTrue(TokenIssuerBean.canBeClient("demo-teller", "demo"));
    assertTrue(TokenIssuerBean.canBeClient("a".repeat(64), "s".repeat(256)));
    assertFalse(TokenIssuerBean.canBeClient("a".repeat(65), "demo"));
    assertFalse(TokenIssuerBean.canBeClient("demo-teller", "s".repeat(257)));
  }
}
