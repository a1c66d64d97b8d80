package ai.qenex.payments.iso20022;

import java.util.Set;

/**
 * Where in a document we are, as a path with positions such as {@code /Document/CstmrCdtTrfInitn/PmtInf[2]/PmtInfId}.
 */
final class ElementPath {

  static final int MAX_DEPTH = 32;

  private static final int MAX_NAME = 40;
  private static final Set<String> REPEATED = Set.of("PmtInf", "CdtTrfTxInf", "Ustrd", "Strd", "AdrLine");

  private final String[] names = new String[MAX_DEPTH + 3];
  /**
   * Position of each element among neighbours of its name; one level below the current element it is that of its latest
   * child.
   */
  private final int[] positions = new int[MAX_DEPTH + 3];
  private int depth;

  int depth() {
    return depth;
  }

  void enter(String name) {
    depth++;
    positions[depth] = name.equals(names[depth]) ? positions[depth] + 1 : 1;
    names[depth] = name;
    names[depth + 1] = null;
  }

  void leave() {
    depth--;
  }

  @Override
  public String toString() {
    if (depth == 0) {
      return "/";
    }
    var path = new StringBuilder();
    for (int level = 1; level <= depth; level++) {
      String name = names[level];
      path.append('/').append(name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...");
      if (REPEATED.contains(name)) {
        path.append('[').append(positions[level]).append(']');
      }
    }
    return path.toString();
  }
}
