/**
 * The words every context shares: exact amounts and the assets they count, the bank's days, ids, and the way faults are
 * named.
 *
 * <p>
 * What logs that prove themselves share is here too: canonical forms ({@link ai.qenex.kernel.FormWriter}) and the
 * Merkle tree of RFC 9162 over their hashes ({@link ai.qenex.kernel.MerkleTree}, {@link ai.qenex.kernel.MerkleProof}).
 *
 * <p>
 * Everything here is without I/O and without a clock, and except for those writers and growing trees an immutable
 * value. Nothing here knows a ledger or a payment.
 */
package ai.qenex.kernel;
