/**
 * What proves that an entry is in the log unchanged.
 *
 * <p>
 * {@link ai.qenex.ledger.seal.EntryForm} gives each entry its canonical bytes, whose hash is a leaf.
 * {@link ai.qenex.ledger.seal.RangeTree} hashes a range of the log while it grows
 * ({@link ai.qenex.kernel.MerkleStack}), a {@link ai.qenex.ledger.seal.RangeHead} is what is signed of it,
 * {@link ai.qenex.kernel.MerkleTree} makes proofs and {@link ai.qenex.kernel.MerkleProof} verifies them, all by RFC
 * 9162. {@link ai.qenex.ledger.seal.LogAudit} reads an exported log with its heads and tells the first entry that is
 * not what was sealed.
 */
package ai.qenex.ledger.seal;
