package ai.qenex.payments.service;

import ai.qenex.security.FieldCipher;
import ai.qenex.security.vault.TenantCipher;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Ciphers whose data keys are known: that of epoch n is all bytes n. */
final class FakeVault {

  private FakeVault() {}

  /** @param epochs that open, the last one active */
  static FieldCipher cipher(int... epochs) {
    Map<Integer, byte[]> keys = new HashMap<>();
    for (int epoch : epochs) {
      byte[] key = new byte[TenantCipher.KEY_BYTES];
      Arrays.fill(key, (byte) epoch);
      keys.put(epoch, key);
    }
    return new TenantCipher("bank", keys, epochs[epochs.length - 1], new SecureRandom());
  }
}
