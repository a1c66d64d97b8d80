package ai.qenex.web.keys;

import ai.qenex.security.KeyRecord;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A key without its private part.
 *
 * @param epoch its number among the keys of its purpose
 * @param state {@code active}, {@code verify-only}, {@code retired} or {@code destroyed}
 * @param guard {@code software} or {@code pkcs11}
 * @param publicKey in the suite's encoding, as Base64; absent for secret keys
 * @param notAfter when the next key took over
 */
public record KeyView(String id, String purpose, int epoch, String suite, String state, String guard,
    Optional<String> publicKey, Instant notBefore, Optional<Instant> notAfter) {

  static KeyView of(KeyRecord key) {
    return new KeyView(key.id(), key.purpose().text(), key.epoch(), key.suite(), key.state().text(), key.guard(),
        key.publicKey().map(Base64.getEncoder()::encodeToString), key.notBefore(), key.notAfter());
  }
}
