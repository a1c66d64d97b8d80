package ai.qenex.security;

/**
 * What a passkey answered, all in base64url.
 *
 * @param credentialId which passkey; empty when one is made
 * @param clientData JSON that the browser made: type, challenge and origin
 * @param authenticatorData of an assertion; of a registration the attestation object
 * @param signature of an assertion; empty when a passkey is made
 */
public record PasskeyAnswer(String credentialId, String clientData, String authenticatorData, String signature) {}
