package ai.qenex.security;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What a person is asked to confirm.
 *
 * @param id random; also part of what a passkey signs
 * @param methods that this person has, of {@code totp} and {@code webauthn}; none: a factor has to be enrolled first
 * @param assertion what a passkey is asked, if the person has one
 */
public record StepUpChallenge(
    UUID id,
    LinkedOperation operation,
    Instant expires,
    Set<String> methods,
    PasskeyQuestion assertion) {

  public StepUpChallenge {
    methods = Set.copyOf(methods);
  }
}
