package ai.qenex.ledger.seal;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.MerkleTree;
import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of one range of the log while it grows. It remembers a root per {@value #CHUNK} entries, so that a
 * proof reads one chunk of the log and not the range. For one thread.
 *
 * <p>
 * A chunk is a complete subtree (or the right edge) of the range's tree, so the tree over the chunk roots has the
 * range's root, and an entry's audit path is its path in the chunk and then the chunk's among the chunks.
 */
public final class RangeTree {

  /** Entries of a chunk, a power of two. */
  public static final int CHUNK = 1_024;

  private final MerkleStack chunk;
  private final EntryForm form = new EntryForm();
  private final List<Hash> chunks = new ArrayList<>();

  public RangeTree(TreeHash hash) {
    this.chunk = new MerkleStack(hash);
  }

  public void add(LedgerEntry entry) {
    chunk.add(form.write(entry));
    closeFull();
  }

  /** Adds an entry by its leaf hash. */
  public void add(Hash leaf) {
    chunk.add(leaf);
    closeFull();
  }

  private void closeFull() {
    if (chunk.size() == CHUNK) {
      chunks.add(chunk.root());
      chunk.clear();
    }
  }

  public long size() {
    return (long) chunks.size() * CHUNK + chunk.size();
  }

  public void clear() {
    chunk.clear();
    chunks.clear();
  }

  /** The roots of all chunks, the last of which may be short. */
  public List<Hash> chunks() {
    var all = new ArrayList<>(chunks);
    if (chunk.size() > 0) {
      all.add(chunk.root());
    }
    return all;
  }

  public Hash root() {
    List<Hash> all = chunks();
    return MerkleTree.of(all).root(all.size());
  }

  /**
   * The audit path of an entry in its range.
   *
   * @param index place in the range, from 0
   * @param leaves leaf hashes of its chunk
   * @param chunks chunk roots of its range
   */
  public static List<Hash> inclusion(long index, List<Hash> leaves, List<Hash> chunks) {
    var path = new ArrayList<>(MerkleTree.of(leaves).inclusion(index % CHUNK, leaves.size()));
    path.addAll(MerkleTree.of(chunks).inclusion(index / CHUNK, chunks.size()));
    return path;
  }
}
