package ai.qenex.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SecretHashTest {

  private static final byte[] SALT = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

  @Test
  void matchesOnlyTheSecretThatWasHashed() {
    SecretHash hash = SecretHash.of("demo", SALT, 1_000);
    assertTrue(hash.matches("demo"));
    assertFalse(hash.matches("Demo"));
    assertFalse(hash.matches(""));
  }

  /** The figure is Python's {@code hashlib.pbkdf2_hmac('sha512', b'demo', bytes(range(16)), 1000)}. */
  @Test
  void agreesWithAnotherImplementation() {
    byte[] expected = HexFormat.of().parseHex("4daf90965e2a9876871d55ac92617f6ab893dc6a0ad673d2d0febce8e39df046"
        + "2e1c099065ebc3e11c8be5c03752c96cad1c8d999554e46f0df8df4441a54248");
    assertArrayEquals(expected, SecretHash.of("demo", SALT, 1_000).hash());
  }

  @Test
  void isNotChangedThroughItsArrays() {
    SecretHash hash = SecretHash.of("demo", SALT, 1_000);
    hash.hash()[0]++;
    hash.salt()[0]++;
    assertTrue(hash.matches("demo"));
  }

  @Test
  void refusesAHashThatIsTooCheap() {
    assertThrows(IllegalArgumentException.class, () -> SecretHash.of("demo", SALT, 1));
  }
}
