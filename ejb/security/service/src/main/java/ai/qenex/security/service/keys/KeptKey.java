package ai.qenex.security.service.keys;

import ai.qenex.security.KeyRecord;
import ai.qenex.security.KeyState;
import java.time.Instant;
import java.util.Optional;

/**
 * A key as it is stored.
 *
 * @param sealed its private part under the key-encrypting key; null if a token holds it, or nobody any more
 * @param kekId which key-encrypting key that is
 * @param label under which the token holds it
 */
record KeptKey(KeyRecord known, byte[] sealed, String kekId, String label) {

  KeptKey as(KeyState state, Optional<Instant> notAfter) {
    KeyRecord changed = new KeyRecord(known.id(), known.purpose(), known.epoch(), known.suite(), state, known.guard(),
        known.publicKey(), known.notBefore(), notAfter);
    boolean gone = state == KeyState.DESTROYED;
    return new KeptKey(changed, gone ? null : sealed, gone ? null : kekId, gone ? null : label);
  }
}
