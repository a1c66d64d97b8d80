package ai.qenex.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Merkle tree that grows at its right edge and remembers only the roots of its complete subtrees, one for each bit of
 * its size. For one thread.
 */
public final class MerkleStack {

  /** Larger than any log. */
  private static final int MOST_LEVELS = 63;

  private final TreeHash hash;
  /** Roots of complete subtrees, the largest first; room for one more beside them to make pairs. */
  private final byte[] roots = new byte[(MOST_LEVELS + 1) * Hash.BYTES];
  private int height;
  private long size;

  public MerkleStack(TreeHash hash) {
    this.hash = hash;
  }

  public long size() {
    return size;
  }

  public void clear() {
    size = 0;
    height = 0;
  }

  /** Goes on where a stack of that size stood with those {@link #roots()}. */
  public void restore(long restoredSize, List<Hash> restoredRoots) {
    if (Long.bitCount(restoredSize) != restoredRoots.size()) {
      throw new IllegalArgumentException("a tree of " + restoredSize + " leaves has "
          + Long.bitCount(restoredSize) + " complete subtrees, not " + restoredRoots.size());
    }
    clear();
    for (Hash root : restoredRoots) {
      System.arraycopy(root.bytes(), 0, roots, height++ * Hash.BYTES, Hash.BYTES);
    }
    size = restoredSize;
  }

  /** Hears of each complete subtree as it comes to be. */
  @FunctionalInterface
  public interface Completed {
    void subtree(int level, long index, Hash root);
  }

  /** Adds a leaf by its hash. */
  public void add(Hash leaf) {
    add(leaf, (level, index, root) -> {
      // nobody asks
    });
  }

  public void add(Hash leaf, Completed completed) {
    System.arraycopy(leaf.bytes(), 0, roots, height * Hash.BYTES, Hash.BYTES);
    completed.subtree(0, size, leaf);
    int level = 0;
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      merge();
      level++;
      completed.subtree(level, rest >> 1, new Hash(top()));
    }
    height++;
    size++;
  }

  /** Adds what was written as a leaf; costs no memory. */
  public void add(FormWriter form) {
    hash.leaf(form.memory(), form.size(), roots, height * Hash.BYTES);
    for (long rest = size; (rest & 1) == 1; rest >>= 1) {
      merge();
    }
    height++;
    size++;
  }

  private void merge() {
    height--;
    hash.node(roots, height * Hash.BYTES, roots, height * Hash.BYTES);
  }

  private byte[] top() {
    return Arrays.copyOfRange(roots, height * Hash.BYTES, (height + 1) * Hash.BYTES);
  }

  /** Roots of the complete subtrees, the largest first. */
  public List<Hash> roots() {
    var list = new ArrayList<Hash>(height);
    for (int i = 0; i < height; i++) {
      list.add(new Hash(Arrays.copyOfRange(roots, i * Hash.BYTES, (i + 1) * Hash.BYTES)));
    }
    return list;
  }

  /** MTH of the leaves so far. */
  public Hash root() {
    if (size == 0) {
      return hash.empty();
    }
    List<Hash> all = roots();
    Hash root = all.get(all.size() - 1);
    for (int i = all.size() - 2; i >= 0; i--) {
      root = hash.node(all.get(i), root);
    }
    return root;
  }
}
