/**
 * What proves that a transfer is in the log unchanged: its canonical bytes and their hash, the leaf of the log's Merkle
 * tree.
 */
package ai.qenex.ledger.seal;
