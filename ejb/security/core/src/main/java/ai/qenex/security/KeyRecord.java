package ai.qenex.security;

import java.time.Instant;
import java.util.Optional;

/**
 * What everybody may know of a key.
 *
 * @param id of a signing key that of {@link SignatureSuites#keyId}
 * @param epoch counts the keys of a purpose from 1
 * @param suite a signature suite, {@code AES-256-GCM} or {@code X-Wing}
 * @param guard who keeps its private part: {@code software} or {@code pkcs11}
 * @param publicKey in the suite's own encoding; empty for secret keys
 * @param notBefore since when it is used
 * @param notAfter when another took over; absent while it is active
 */
public record KeyRecord(String id, KeyPurpose purpose, int epoch, String suite, KeyState state, String guard,
    Optional<byte[]> publicKey, Instant notBefore, Optional<Instant> notAfter) {}
