package ai.qenex.security.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TenantCipherTest {

  private static final byte[] NAME = "Jürgen Müller".getBytes(StandardCharsets.UTF_8);

  private final TenantCipher first = new TenantCipher("bank", Map.of(1, key(1)), 1, new Random(1));
  private final TenantCipher second = new TenantCipher("bank", Map.of(1, key(1), 2, key(2)), 2, new Random(2));

  @Test
  void revealsAtItsPlaceOnly() {
    byte[] sealed = first.protect("payment/name/7", NAME);
    assertArrayEquals(NAME, first.reveal("payment/name/7", sealed).orElseThrow());
    assertTrue(first.reveal("payment/name/8", sealed).isEmpty(), "another row");
    assertTrue(first.reveal("payment/text/7", sealed).isEmpty(), "another column");
    assertTrue(new TenantCipher("other", Map.of(1, key(1)), 1, new Random(1)).reveal("payment/name/7", sealed)
        .isEmpty(), "another tenant");
    assertFalse(Arrays.equals(sealed, first.protect("payment/name/7", NAME)), "twice the same shows nothing");
    for (int at = 0; at < sealed.length; at++) {
      byte[] altered = sealed.clone();
      altered[at] ^= 1;
      assertTrue(first.reveal("payment/name/7", altered).isEmpty(), "byte " + at);
      assertTrue(first.reveal("payment/name/7", Arrays.copyOf(sealed, at)).isEmpty());
    }
  }

  @Test
  void rotationKeepsWhatWasProtectedAndShreddingLosesIt() {
    byte[] sealed = first.protect("p", NAME);
    assertArrayEquals(NAME, second.reveal("p", sealed).orElseThrow());
    byte[] later = second.protect("p", NAME);
    var shredded = new TenantCipher("bank", Map.of(2, key(2)), 2, new Random(3));
    assertTrue(shredded.reveal("p", sealed).isEmpty());
    assertArrayEquals(NAME, shredded.reveal("p", later).orElseThrow());
    assertEquals(2, shredded.epoch());
  }

  @Test
  void findsANameHoweverItIsWrittenButNotInAnotherColumn() {
    byte[] index = first.index("debtor", "Jürgen  Müller ");
    assertArrayEquals(index, first.index("debtor", " JÜRGEN müller"));
    assertArrayEquals(index, first.index("debtor", "Ju\u0308rgen Mu\u0308ller"), "as composed characters");
    assertArrayEquals(first.index("debtor", "Straße"), first.index("debtor", "STRASSE"));
    assertFalse(Arrays.equals(index, first.index("creditor", "Jürgen Müller")));
    assertFalse(Arrays.equals(index, first.index("debtor", "Jurgen Muller")));
    assertFalse(Arrays.equals(index, second.index("debtor", "Jürgen Müller")), "under the new key");
    assertTrue(second.indexes("debtor", "Jürgen Müller").stream().anyMatch(one -> Arrays.equals(one, index)));
    assertEquals(16, index.length);
  }

  @Test
  void needsItsActiveKeyWhole() {
    assertThrows(IllegalArgumentException.class, () -> new TenantCipher("bank", Map.of(1, key(1)), 2, new Random(1)));
    assertThrows(IllegalArgumentException.class,
        () -> new TenantCipher("bank", Map.of(1, new byte[32]), 1, new Random(1)));
  }

  private static byte[] key(int number) {
    byte[] key = new byte[TenantCipher.KEY_BYTES];
    Arrays.fill(key, (byte) number);
    return key;
  }
}
