package ai.qenex.security;

/** Why a signed request is not taken (RFC 9421). */
public enum SignatureClause {
  /** The policy asks for a signature and there is none. */
  SIGNATURE_REQUIRED,
  /** The fields {@code Signature}, {@code Signature-Input} or {@code Content-Digest} cannot be read, or come twice. */
  SIGNATURE_MALFORMED,
  /** It does not cover method, path, query and digest, or lacks created, nonce or keyid. */
  SIGNATURE_COVERS_TOO_LITTLE,
  /** No key of this client has that id, or it was revoked. */
  SIGNATURE_KEY_UNKNOWN,
  /** It names another algorithm than the key is registered for. */
  SIGNATURE_ALGORITHM_MISMATCH,
  /** It was created too long ago, or has expired. */
  SIGNATURE_STALE,
  /** It says it was created later than now. */
  SIGNATURE_FROM_THE_FUTURE,
  /** The body is not the one that was signed. */
  SIGNATURE_DIGEST_MISMATCH,
  /** The key did not sign this request. */
  SIGNATURE_WRONG,
  /** The same nonce was used before. */
  SIGNATURE_REPLAYED
}
