package ai.qenex.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the proofs of RFC 9162 §2.1.3.1 and §2.1.4.1 from the complete subtrees of a tree, of which each proof reads a
 * few. For one thread.
 */
public final class MerkleTree {

  /** Where complete subtrees are kept. */
  @FunctionalInterface
  public interface Subtrees {

    /** The root over the {@code 2^level} leaves from {@code index * 2^level}. */
    Hash root(int level, long index);
  }

  private final Subtrees subtrees;
  private final TreeHash hash = new TreeHash();

  public MerkleTree(Subtrees subtrees) {
    this.subtrees = subtrees;
  }

  /** A tree over leaves in memory. */
  public static MerkleTree of(List<Hash> leaves) {
    var hash = new TreeHash();
    var levels = new ArrayList<List<Hash>>();
    for (List<Hash> level = leaves; !level.isEmpty();) {
      levels.add(level);
      var above = new ArrayList<Hash>(level.size() / 2);
      for (int i = 0; i + 1 < level.size(); i += 2) {
        above.add(hash.node(level.get(i), level.get(i + 1)));
      }
      level = above;
    }
    return new MerkleTree((level, index) -> levels.get(level).get((int) index));
  }

  /** MTH of the first {@code size} leaves. */
  public Hash root(long size) {
    return size == 0 ? hash.empty() : root(0, size);
  }

  /** The audit path of a leaf in the tree of the first {@code size} leaves. */
  public List<Hash> inclusion(long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("a tree of " + size + " leaves has no leaf " + index);
    }
    var path = new ArrayList<Hash>();
    path(index, 0, size, path);
    return path;
  }

  /** What shows that the tree of the first {@code first} leaves is the beginning of that of {@code second}. */
  public List<Hash> consistency(long first, long second) {
    if (first < 1 || first > second) {
      throw new IllegalArgumentException("from " + first + " to " + second + " leaves no tree grows");
    }
    var path = new ArrayList<Hash>();
    if (first < second) {
      subproof(first, new long[] {0, second}, true, path);
    }
    return path;
  }

  private void path(long index, long from, long to, List<Hash> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + split(to - from);
    if (index < middle) {
      path(index, from, middle, path);
      path.add(root(middle, to));
    } else {
      path(index, middle, to, path);
      path.add(root(from, middle));
    }
  }

  /** SUBPROOF of RFC 9162 §2.1.4.1 over the leaves from {@code stretch[0]} to {@code stretch[1]}. */
  private void subproof(long first, long[] stretch, boolean wasRoot, List<Hash> path) {
    long from = stretch[0];
    long to = stretch[1];
    if (first == to) {
      if (!wasRoot) {
        path.add(root(from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (first <= middle) {
      subproof(first, new long[] {from, middle}, wasRoot, path);
      path.add(root(middle, to));
    } else {
      subproof(first, new long[] {middle, to}, false, path);
      path.add(root(from, middle));
    }
  }

  private Hash root(long from, long to) {
    long size = to - from;
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return subtrees.root(level, from >> level);
    }
    long middle = from + split(size);
    return hash.node(root(from, middle), root(middle, to));
  }

  /** The largest power of two smaller than {@code size}, which is at least two. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }
}
