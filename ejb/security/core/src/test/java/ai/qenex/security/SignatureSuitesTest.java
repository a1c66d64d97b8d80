package ai.qenex.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureSuitesTest {

  private static final byte[] MESSAGE = "head 1".getBytes(StandardCharsets.UTF_8);

  @Test
  void verifyWhatTheySignAndNothingElse() {
    for (SignatureSuite suite : SignatureSuites.all()) {
      SuiteKeys keys = suite.newKeys(new SecureRandom());
      MessageSigner signer = SignatureSuites.signer(suite, keys);
      byte[] signature = signer.sign(MESSAGE);
      assertTrue(suite.verify(signer.publicKey(), MESSAGE, signature), suite.name());
      for (int place : new int[] {0, 40, signature.length - 1}) {
        byte[] changed = signature.clone();
        changed[place] ^= 1;
        assertFalse(suite.verify(keys.publicKey(), MESSAGE, changed), suite.name() + " at " + place);
      }
      assertFalse(suite.verify(keys.publicKey(), Arrays.copyOf(MESSAGE, 5), signature));
      assertFalse(suite.verify(suite.newKeys(new SecureRandom()).publicKey(), MESSAGE, signature));
      for (byte[] misshapen : List.of(new byte[0], Arrays.copyOf(signature, signature.length - 1))) {
        assertFalse(suite.verify(keys.publicKey(), MESSAGE, misshapen));
      }
      assertFalse(suite.verify(new byte[3], MESSAGE, signature));
      assertEquals(suite, SignatureSuites.named(suite.name()).orElseThrow());
    }
    assertTrue(SignatureSuites.named("none").isEmpty());
  }

  /** RFC 8032 section 7.1, test 2. */
  @Test
  void signsAsPublished() {
    byte[] secret = HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    byte[] message = {0x72};
    assertArrayEquals(HexFormat.of().parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        new Ed25519Suite().sign(secret, message));
  }
}
