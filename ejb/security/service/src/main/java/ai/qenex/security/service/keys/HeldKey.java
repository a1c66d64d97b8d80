package ai.qenex.security.service.keys;

import ai.qenex.security.KeyRecord;
import ai.qenex.security.KeyState;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.KeyMaterial;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.keys.KeyGuard;

/**
 * A key in memory, ready to be used. Its secret is absent while a token holds it, and once it counts no more.
 */
record HeldKey(KeptKey kept, byte[] secret) {

  /** Never the key itself. */
  @Override
  public String toString() {
    return "key " + known().epoch() + " of " + known().purpose().text();
  }

  KeyRecord known() {
    return kept.known();
  }

  /** Whether it verifies, opens and is encrypted to. */
  boolean counts() {
    return known().state() == KeyState.ACTIVE || known().state() == KeyState.VERIFY_ONLY;
  }

  MessageSigner signer(KeyGuard guard) {
    byte[] publicKey = known().publicKey().orElseThrow();
    MessageSigner inMemory = kept.label() == null
        ? SignatureSuites.signer(new KeyMaterial(known().suite(), secret, publicKey))
        : null;
    return new MessageSigner() {
      @Override
      public String suite() {
        return known().suite();
      }

      @Override
      public String keyId() {
        return known().id();
      }

      @Override
      public int epoch() {
        return known().epoch();
      }

      @Override
      public byte[] publicKey() {
        return publicKey.clone();
      }

      @Override
      public byte[] sign(byte[] message) {
        return inMemory == null ? guard.sign(known().suite(), kept.label(), message) : inMemory.sign(message);
      }
    };
  }
}
