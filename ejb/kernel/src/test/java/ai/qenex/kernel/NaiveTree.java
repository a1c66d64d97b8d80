package ai.qenex.kernel;

import java.util.ArrayList;
import java.util.List;

/** The definitions of RFC 9162 §2.1.1, §2.1.3.1 and §2.1.4.1 word for word: recursive, slow and obvious. */
final class NaiveTree {

  private static final TreeHash HASH = new TreeHash();

  private NaiveTree() {}

  static Hash root(List<Hash> leaves) {
    int n = leaves.size();
    if (n == 0) {
      return HASH.empty();
    }
    if (n == 1) {
      return leaves.get(0);
    }
    int k = split(n);
    return HASH.node(root(leaves.subList(0, k)), root(leaves.subList(k, n)));
  }

  static List<Hash> path(int m, List<Hash> leaves) {
    int n = leaves.size();
    if (n == 1) {
      return List.of();
    }
    int k = split(n);
    var path = new ArrayList<Hash>();
    if (m < k) {
      path.addAll(path(m, leaves.subList(0, k)));
      path.add(root(leaves.subList(k, n)));
    } else {
      path.addAll(path(m - k, leaves.subList(k, n)));
      path.add(root(leaves.subList(0, k)));
    }
    return path;
  }

  static List<Hash> proof(int m, List<Hash> leaves) {
    return subproof(m, leaves, true);
  }

  private static List<Hash> subproof(int m, List<Hash> leaves, boolean whole) {
    int n = leaves.size();
    if (m == n) {
      return whole ? List.of() : List.of(root(leaves));
    }
    int k = split(n);
    var path = new ArrayList<Hash>();
    if (m <= k) {
      path.addAll(subproof(m, leaves.subList(0, k), whole));
      path.add(root(leaves.subList(k, n)));
    } else {
      path.addAll(subproof(m - k, leaves.subList(k, n), false));
      path.add(root(leaves.subList(0, k)));
    }
    return path;
  }

  private static int split(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }
}
