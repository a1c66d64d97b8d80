package ai.qenex.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureSuitesTest {

  private static final byte[] MESSAGE = "head 1".getBytes(StandardCharsets.UTF_8);

  static List<String> suites() {
    return SignatureSuites.names();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void verifiesWhatItSignsAndNothingElse(String suite) {
    KeyMaterial keys = SignatureSuites.newKeys(suite, new SecureRandom());
    MessageSigner signer = SignatureSuites.signer(keys);
    byte[] signature = signer.sign(MESSAGE);
    assertTrue(SignatureSuites.verify(suite, signer.publicKey(), MESSAGE, signature));
    for (int place : new int[] {0, 40, signature.length - 1}) {
      byte[] changed = signature.clone();
      changed[place] ^= 1;
      assertFalse(SignatureSuites.verify(suite, keys.publicKey(), MESSAGE, changed), "at " + place);
    }
    assertFalse(SignatureSuites.verify(suite, keys.publicKey(), Arrays.copyOf(MESSAGE, 5), signature));
    KeyMaterial others = SignatureSuites.newKeys(suite, new SecureRandom());
    assertFalse(SignatureSuites.verify(suite, others.publicKey(), MESSAGE, signature));
    for (byte[] misshapen : List.of(new byte[0], Arrays.copyOf(signature, signature.length - 1),
        Arrays.copyOf(signature, signature.length + 1), new byte[signature.length])) {
      assertFalse(SignatureSuites.verify(suite, keys.publicKey(), MESSAGE, misshapen));
    }
    assertFalse(SignatureSuites.verify(suite, new byte[3], MESSAGE, signature));
    assertFalse(SignatureSuites.verify(suite, new byte[keys.publicKey().length], MESSAGE, signature));
  }

  @Test
  void noSuiteVerifiesForAnother() {
    KeyMaterial keys = SignatureSuites.newKeys("Ed25519", new SecureRandom());
    byte[] signature = SignatureSuites.signer(keys).sign(MESSAGE);
    assertTrue(SignatureSuites.verify("Ed25519", keys.publicKey(), MESSAGE, signature));
    for (String suite : List.of("none", "", "Ed25519+ML-DSA-65", "ECDSA-P256", "ed25519")) {
      assertFalse(SignatureSuites.verify(suite, keys.publicKey(), MESSAGE, signature), suite);
    }
    assertThrows(IllegalArgumentException.class, () -> SignatureSuites.newKeys("none", new SecureRandom()));
  }

  @Test
  void printsNoPrivateKey() {
    assertEquals("KeyMaterial of Ed25519", SignatureSuites.newKeys("Ed25519", new SecureRandom()).toString());
  }
}
