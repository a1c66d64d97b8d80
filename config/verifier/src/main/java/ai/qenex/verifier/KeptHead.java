package ai.qenex.verifier;

import ai.qenex.kernel.Hash;

/** A head that somebody noted down. */
record KeptHead(long number, Hash treeRoot) {

  /** @throws IllegalArgumentException unless it is a number, a colon and 64 hex digits */
  static KeptHead parse(String text) {
    String[] parts = text.split(":", 2);
    if (parts.length != 2 || !parts[0].matches("[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("a kept head is <number>:<tree root>, not " + text);
    }
    return new KeptHead(Long.parseLong(parts[0]), Hash.ofHex(parts[1]));
  }
}
