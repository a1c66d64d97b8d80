package ai.qenex.security;

import java.util.List;

/**
 * What a browser hands to a passkey (W3C Web Authentication, {@code PublicKeyCredentialRequestOptions} and
 * {@code …CreationOptions}). All in base64url without padding.
 *
 * @param challenge 32 bytes
 * @param rpId the relying party: the domain the passkeys are bound to
 * @param credentials ids of the person's passkeys; empty when a first one is made
 */
public record PasskeyQuestion(String challenge, String rpId, List<String> credentials) {

  public PasskeyQuestion {
    credentials = List.copyOf(credentials);
  }
}
