package ai.qenex.security.identity;

import ai.qenex.security.SecretHash;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Compares a secret with what is kept, at the same cost whether there is anything kept or not: the time of an answer
 * does not tell which names exist.
 */
public final class CheckSecret {

  private final SecretHash nobody;
  private final BiPredicate<SecretHash, String> matching;

  /** @param iterations of the hash that unknown names are compared with: those of a hash made today */
  public CheckSecret(int iterations) {
    this(SecretHash.of("", new byte[SecretHash.SALT_BYTES], iterations), SecretHash::matches);
  }

  CheckSecret(SecretHash nobody, BiPredicate<SecretHash, String> matching) {
    this.nobody = nobody;
    this.matching = matching;
  }

  /** One comparison whatever is kept. @param kept empty: the name is unknown, disabled or has no secret */
  public boolean proves(Optional<SecretHash> kept, String secret) {
    boolean same = matching.test(kept.orElse(nobody), secret);
    return same & kept.isPresent();
  }
}
