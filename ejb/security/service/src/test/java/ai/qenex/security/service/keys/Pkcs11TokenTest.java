package ai.qenex.security.service.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.qenex.kernel.QenexException;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.service.keys.Pkcs11Token.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Over SoftHSM 2 (Debian's package softhsm2); skipped where it is not installed. */
class Pkcs11TokenTest {

  private static final String PIN = "9421";
  private static final byte[] MESSAGE = "head 1".getBytes(StandardCharsets.UTF_8);
  private static Optional<Path> library;

  @BeforeAll
  static void makeToken() throws IOException, InterruptedException {
    library = List.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so").stream().map(Path::of)
        .filter(Files::exists).findFirst();
    assumeTrue(library.isPresent(), "SoftHSM 2 is not installed (apt-get install softhsm2)");
    Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
    Path tokens = Files.createTempDirectory(configuration.getParent(), "tokens");
    Files.writeString(configuration, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
    Process making = new ProcessBuilder("softhsm2-util", "--init-token", "--free", "--label", "qenex", "--so-pin",
        "1234", "--pin", PIN).redirectErrorStream(true).start();
    assertTrue(making.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, making.exitValue(), () -> new String(output(making), StandardCharsets.UTF_8));
  }

  @Test
  void theTokenSignsAndNobodyGetsItsKey() {
    Pkcs11Token token = token("qenex-kek");
    assertTrue(token.holds("ECDSA-P256"));
    assertFalse(token.holds("ML-DSA-65"));
    byte[] publicKey = token.newKeys("ECDSA-P256", "signer-1");
    byte[] signature = token.sign("ECDSA-P256", "signer-1", MESSAGE);
    assertTrue(SignatureSuites.verify("ECDSA-P256", publicKey, MESSAGE, signature));
    token.destroy("signer-1");
    assertThrows(QenexException.class, () -> token.sign("ECDSA-P256", "signer-1", MESSAGE));
  }

  @Test
  void keysSealedByTheTokenOpenInItAloneAndForTheirPurpose() {
    Pkcs11Token token = token("qenex-kek");
    byte[] key = "a private key of ML-DSA-65".getBytes(StandardCharsets.UTF_8);
    byte[] wrapped = token.wrap(key, MESSAGE);
    assertArrayEquals(key, token.unwrap(wrapped, MESSAGE));
    assertThrows(QenexException.class, () -> token.unwrap(wrapped, "head 2".getBytes(StandardCharsets.UTF_8)));
    byte[] altered = wrapped.clone();
    altered[altered.length - 1] ^= 1;
    assertThrows(QenexException.class, () -> token.unwrap(altered, MESSAGE));
    assertThrows(QenexException.class, () -> token.unwrap(Arrays.copyOf(wrapped, 9), MESSAGE));
    assertThrows(QenexException.class, () -> token("another-kek").unwrap(wrapped, MESSAGE));
    assertEquals("pkcs11:qenex-kek", token.kekId());
  }

  @Test
  void aSecondLoginFindsTheSameKeys() {
    Pkcs11Token token = token("lasting-kek");
    byte[] wrapped = token.wrap(MESSAGE, new byte[0]);
    byte[] publicKey = token.newKeys("ECDSA-P256", "lasting-signer");
    Pkcs11Token again = token("lasting-kek");
    assertArrayEquals(MESSAGE, again.unwrap(wrapped, new byte[0]));
    assertTrue(SignatureSuites.verify("ECDSA-P256", publicKey, MESSAGE,
        again.sign("ECDSA-P256", "lasting-signer", MESSAGE)));
  }

  @Test
  void aWrongPinAndAMissingLibraryAreConfigurationFaults() {
    assertThrows(QenexException.class,
        () -> new Pkcs11Token(new Access("/nowhere/libtoken.so", 0, PIN, "qenex-kek")));
    assertFalse(new Access("/nowhere/libtoken.so", 0, PIN, "qenex-kek").toString().contains(PIN));
  }

  private static Pkcs11Token token(String kekLabel) {
    return new Pkcs11Token(new Access(library.orElseThrow().toString(), 0, PIN, kekLabel));
  }

  private static byte[] output(Process process) {
    try {
      return process.getInputStream().readAllBytes();
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
