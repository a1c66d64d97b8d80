package ai.qenex.kernel;

import java.util.List;

/** Verifies the proofs of a Merkle tree by the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2. */
public final class MerkleProof {

  private MerkleProof() {}

  /**
   * Whether a leaf is in a tree.
   *
   * @param leaf its hash
   * @param index its place, from 0
   * @param size of the tree, in leaves
   * @param path the audit path, from the leaf upwards
   */
  public record Inclusion(Hash leaf, long index, long size, List<Hash> path) {

    public Inclusion {
      path = List.copyOf(path);
    }

    public boolean isProvenUnder(Hash root) {
      if (index < 0 || index >= size) {
        return false;
      }
      var hash = new TreeHash();
      long fn = index;
      long sn = size - 1;
      Hash r = leaf;
      for (Hash p : path) {
        if (sn == 0) {
          return false;
        }
        if ((fn & 1) == 1 || fn == sn) {
          r = hash.node(p, r);
          if ((fn & 1) == 0) { // fn equals sn here, which is not 0
            int up = Long.numberOfTrailingZeros(fn);
            fn >>= up;
            sn >>= up;
          }
        } else {
          r = hash.node(r, p);
        }
        fn >>= 1;
        sn >>= 1;
      }
      return sn == 0 && r.equals(root);
    }
  }

  /**
   * Whether one tree is the beginning of another.
   *
   * @param first size of the smaller tree, at least 1
   * @param second size of the larger
   */
  public record Consistency(long first, long second, List<Hash> path) {

    public Consistency {
      path = List.copyOf(path);
    }

    public boolean isProvenFor(Hash firstRoot, Hash secondRoot) {
      if (first < 1 || first > second) {
        return false;
      }
      if (first == second) {
        return path.isEmpty() && firstRoot.equals(secondRoot);
      }
      if (path.isEmpty()) {
        return false;
      }
      boolean complete = Long.bitCount(first) == 1;
      int next = complete ? 0 : 1;
      Hash start = complete ? firstRoot : path.get(0);
      return climb(start, next, firstRoot, secondRoot);
    }

    private boolean climb(Hash start, int next, Hash firstRoot, Hash secondRoot) {
      var hash = new TreeHash();
      int skipped = Long.numberOfTrailingZeros(~(first - 1));
      long fn = first - 1 >> skipped;
      long sn = second - 1 >> skipped;
      Hash fr = start;
      Hash sr = start;
      for (Hash c : path.subList(next, path.size())) {
        if (sn == 0) {
          return false;
        }
        if ((fn & 1) == 1 || fn == sn) {
          fr = hash.node(c, fr);
          sr = hash.node(c, sr);
          while ((fn & 1) == 0 && fn != 0) {
            fn >>= 1;
            sn >>= 1;
          }
        } else {
          sr = hash.node(sr, c);
        }
        fn >>= 1;
        sn >>= 1;
      }
      return sn == 0 && fr.equals(firstRoot) && sr.equals(secondRoot);
    }
  }
}
