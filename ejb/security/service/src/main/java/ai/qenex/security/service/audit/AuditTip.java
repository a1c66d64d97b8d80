package ai.qenex.security.service.audit;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.TreeHash;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.service.audit.AuditStore.Node;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the log ends: its newest record and the tree over all of them. The appender moves it, the signer reads it; both
 * under its lock.
 */
final class AuditTip {

  /** Subtrees below this level are made from the records when they are needed. */
  static final int LOWEST_KEPT = 10;

  private final MerkleStack tree = new MerkleStack(new TreeHash());
  private final List<Node> fresh = new ArrayList<>();
  private Hash last = Hash.NOTHING;
  private Instant lastAt = Instant.EPOCH;

  /** What a head is signed over. @param nodes subtrees that were completed since the head before */
  record Standing(long size, Hash root, List<Node> nodes) {}

  synchronized long seq() {
    return tree.size();
  }

  synchronized Hash last() {
    return last;
  }

  synchronized Instant lastAt() {
    return lastAt;
  }

  synchronized void add(List<AuditRecord> records) {
    for (AuditRecord record : records) {
      add(record.hash());
      lastAt = record.at();
    }
  }

  private void add(Hash leaf) {
    tree.add(leaf, (level, index, root) -> {
      if (level >= LOWEST_KEPT) {
        fresh.add(new Node(level, index, root));
      }
    });
    last = leaf;
  }

  synchronized Standing standing() {
    return new Standing(tree.size(), tree.root(), List.copyOf(fresh));
  }

  /** These nodes are kept now. */
  synchronized void kept(List<Node> nodes) {
    fresh.removeAll(nodes);
  }

  /**
   * Goes on where the stored log ends.
   *
   * @throws QenexException {@link ErrorCode#INVARIANT_BROKEN} if it has a gap, or is not what its latest head covers
   */
  synchronized void restore(AuditStore store) throws SQLException {
    AuditStore.Newest newest = store.newest();
    Optional<AuditHead> head = store.latestHead();
    long signed = head.map(AuditHead::size).orElse(0L);
    long start = signed >> LOWEST_KEPT << LOWEST_KEPT;
    var roots = new ArrayList<Hash>();
    for (int level = Long.SIZE - 1; level >= LOWEST_KEPT; level--) {
      if ((start >>> level & 1) == 1) {
        long index = (start >>> level) - 1;
        roots.add(store.node(level, index).orElseThrow(() -> broken("a stored subtree is missing")));
      }
    }
    tree.restore(start, roots);
    fresh.clear();
    last = Hash.NOTHING;
    store.hashes(Math.max(1, start), newest.seq(), (seq, hash) -> {
      if (seq > start) {
        if (seq != tree.size() + 1) {
          throw broken("record " + (tree.size() + 1) + " is missing");
        }
        add(hash);
        if (seq == signed && !tree.root().equals(head.orElseThrow().root())) {
          throw broken("the records up to " + signed + " are not those that the latest head covers");
        }
      }
      last = hash;
    });
    if (tree.size() < signed) {
      throw broken("the latest head covers " + signed + " records, and there are " + newest.seq());
    }
    lastAt = newest.at();
  }

  private static QenexException broken(String what) {
    return new QenexException(ErrorCode.INVARIANT_BROKEN, "The audit log was tampered with: " + what);
  }
}
