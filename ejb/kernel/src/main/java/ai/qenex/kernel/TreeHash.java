package ai.qenex.kernel;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The two hashes of a Merkle tree (RFC 9162 §2.1.1): a leaf is SHA-256 over {@code 0x00} and its bytes, a node SHA-256
 * over {@code 0x01} and the hashes of its two children, so that neither can pass for the other. For one thread.
 */
public final class TreeHash {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest digest = sha256();
  private final byte[] node = new byte[1 + 2 * Hash.BYTES];

  public TreeHash() {
    node[0] = NODE;
  }

  public Hash leaf(byte[] form) {
    digest.update(LEAF);
    return new Hash(digest.digest(form));
  }

  public Hash node(Hash left, Hash right) {
    digest.update(NODE);
    digest.update(left.bytes());
    return new Hash(digest.digest(right.bytes()));
  }

  /** SHA-256 without a prefix. */
  public Hash plain(byte[] bytes) {
    return new Hash(digest.digest(bytes));
  }

  /** The root of a tree without leaves: the hash of nothing. */
  public Hash empty() {
    return new Hash(digest.digest());
  }

  /** @param marked the zero byte of a leaf and then its form */
  void leaf(byte[] marked, int length, byte[] target, int offset) {
    digest.update(marked, 0, length);
    finish(target, offset);
  }

  /** The node over two hashes that lie one after the other; {@code target} may be where they lie. */
  void node(byte[] pairs, int from, byte[] target, int offset) {
    System.arraycopy(pairs, from, node, 1, 2 * Hash.BYTES);
    digest.update(node);
    finish(target, offset);
  }

  private void finish(byte[] target, int offset) {
    try {
      digest.digest(target, offset, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("there is room for a hash", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
