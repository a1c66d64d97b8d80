package ai.qenex.security.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.KeyPurpose;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuitePolicyTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");

  @Test
  void allowsEverySuiteWhereNothingIsSaidAndSignsHybrid() {
    SuitePolicy policy = new SuitePolicy("", " ", Map.of());
    assertTrue(policy.maySign("Ed25519", NOW));
    assertTrue(policy.mayVerify("SLH-DSA-SHA2-128s", NOW));
    assertFalse(policy.maySign("RSA", NOW));
    assertEquals("Ed25519+ML-DSA-65", policy.suiteOf(KeyPurpose.LEDGER_SEAL));
    assertEquals("X-Wing", policy.suiteOf(KeyPurpose.PAYLOAD));
  }

  @Test
  void aSuiteCountsToTheEndOfItsLastDay() {
    SuitePolicy policy = new SuitePolicy("", "Ed25519@2027-05-31, ECDSA-P256@2027-06-01", Map.of());
    assertFalse(policy.mayVerify("Ed25519", NOW));
    assertTrue(policy.mayVerify("Ed25519", Instant.parse("2027-05-31T23:59:59.999Z")));
    assertTrue(policy.mayVerify("ECDSA-P256", NOW));
    assertFalse(policy.mayVerify("ML-DSA-65", NOW), "not named");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "Ed25519@tomorrow", "Ed25519@", "ed25519", "Ed25519,,ML-DSA-65", "@2027-01-01"})
  void refusesWhatItDoesNotUnderstand(String suites) {
    QenexException fault = assertThrows(QenexException.class, () -> new SuitePolicy("", suites, Map.of()));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, fault.code());
    assertTrue(fault.getMessage().contains("qenex.keys.verify-suites"));
  }

  @Test
  void refusesAPurposeWhoseSuiteMayNotSignAndNamesBoth() {
    QenexException fault = assertThrows(QenexException.class, () -> new SuitePolicy("Ed25519", "", Map.of()));
    assertTrue(fault.getMessage().contains("Ed25519+ML-DSA-65") && fault.getMessage().contains("ledger-seal"));
    assertThrows(QenexException.class,
        () -> new SuitePolicy("", "", Map.of(KeyPurpose.APPROVAL, "no such suite")));
  }
}
