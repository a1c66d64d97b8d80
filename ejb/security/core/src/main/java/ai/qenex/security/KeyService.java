package ai.qenex.security;

import java.util.List;
import java.util.Optional;

/**
 * Signs and seals with the bank's keys, for our own parts of the bank; no caller sees a private key. A purpose that has
 * no key yet gets one with the first call. Any call may be made on any thread; what was rotated on another node is
 * noticed within {@code qenex.keys.reload-seconds}.
 *
 * <p>
 * All methods fault with {@code INVALID_CONFIGURATION} if the purpose has no such use, {@code UNAVAILABLE} if keys
 * cannot be read.
 */
public interface KeyService {

  /** Signs with the purpose's active key. Faults with {@code CONFLICTING_STATE} if its suite may sign no more. */
  StoredSignature sign(KeyPurpose purpose, byte[] message);

  /** Whether the signature was made for this purpose over this message by a key that still counts. */
  SignatureVerdict verify(KeyPurpose purpose, StoredSignature signature, byte[] message);

  /**
   * The active key, for messages that name the key which signs them. Good for one message: the next may need the next
   * key.
   */
  MessageSigner signer(KeyPurpose purpose);

  /**
   * Encrypts with AES-256-GCM under the purpose's active key.
   *
   * @param associated what the result belongs to (a table, a column, a row); opening needs the same bytes
   */
  byte[] seal(KeyPurpose purpose, byte[] plain, byte[] associated);

  /** Empty if it was not sealed here for that purpose and those associated bytes, was altered, or its key is gone. */
  Optional<byte[]> open(KeyPurpose purpose, byte[] sealed, byte[] associated);

  /**
   * The secret that a client encapsulated to the key (X-Wing), 32 bytes. Empty if the purpose has no such key that
   * counts or the ciphertext has another length; an altered one gives another secret.
   */
  Optional<byte[]> decapsulate(KeyPurpose purpose, String keyId, byte[] ciphertext);

  /** The keys of a purpose that verify, open or are encrypted to, the active one first. */
  List<KeyRecord> publicKeys(KeyPurpose purpose);

  /** Takes over a signing key from before there was a key service, if the purpose has none yet. */
  void adopt(KeyPurpose purpose, KeyMaterial keys);
}
