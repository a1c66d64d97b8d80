package ai.qenex.security.service.audit;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleTree;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.AuditHead;
import ai.qenex.security.AuditLog.Growth;
import ai.qenex.security.AuditLog.Inclusion;
import ai.qenex.security.AuditLog.Key;
import ai.qenex.security.AuditLog.Page;
import ai.qenex.security.AuditLog.Search;
import ai.qenex.security.AuditRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Searches the log and makes its proofs. */
final class AuditReading {

  /** Records that one search looks at. */
  static final long STRETCH = 500_000;

  private final DataSource database;

  AuditReading(DataSource database) {
    this.database = database;
  }

  /** What needs a connection. */
  @FunctionalInterface
  interface Question<T> {
    T ask(AuditStore store) throws SQLException;
  }

  <T> T ask(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return question.ask(new AuditStore(connection));
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "The audit log cannot be read", e);
    }
  }

  Page find(Search search, long below, int limit) {
    return ask(store -> {
      long newest = store.newest().seq();
      long end = Math.min(below, newest + 1);
      if (search.to().isPresent()) {
        end = Math.min(end, store.firstNotBefore(search.to().get(), newest));
      }
      long first = search.from().isPresent() ? store.firstNotBefore(search.from().get(), newest) : 1;
      long start = Math.max(first, end - STRETCH);
      List<AuditRecord> found = store.find(new AuditQuery(search, start, end), limit);
      long next = found.size() == limit ? found.get(limit - 1).seq() : start;
      return new Page(found, next > first ? next : 0);
    });
  }

  List<AuditRecord> records(long first, long last) {
    return ask(store -> {
      var records = new ArrayList<AuditRecord>();
      store.scan(first, last, records::add);
      return records;
    });
  }

  long size() {
    return ask(store -> store.newest().seq());
  }

  Optional<AuditHead> latestHead() {
    return ask(AuditStore::latestHead);
  }

  List<AuditHead> heads(long after, int limit) {
    return ask(store -> store.headsAfter(after, limit));
  }

  List<Key> keys() {
    return ask(AuditStore::keys);
  }

  Optional<Inclusion> inclusion(long seq, Optional<Long> number) {
    return ask(store -> {
      Optional<AuditHead> head = number.isPresent() ? store.head(number.get()) : store.latestHead();
      var record = new ArrayList<AuditRecord>(1);
      store.scan(seq, seq, record::add);
      if (record.isEmpty() || head.isEmpty() || head.get().size() < seq) {
        return Optional.empty();
      }
      return Optional.of(new Inclusion(record.get(0), head.get(),
          new MerkleTree(new StoredSubtrees(store)::root).inclusion(seq - 1, head.get().size())));
    });
  }

  Optional<Growth> consistency(long from, long to) {
    return ask(store -> {
      Optional<AuditHead> first = store.head(from);
      Optional<AuditHead> second = store.head(to);
      if (first.isEmpty() || second.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new Growth(first.get(), second.get(),
          new MerkleTree(new StoredSubtrees(store)::root).consistency(first.get().size(), second.get().size())));
    });
  }

  /** The complete subtrees of the stored log: the high ones are kept, the low ones made from the records' hashes. */
  static final class StoredSubtrees {

    private static final int LOW = 1 << AuditTip.LOWEST_KEPT;

    private final AuditStore store;
    /** The hashes of the stretch of a lowest kept subtree, by its index; a proof needs two of them at most. */
    private final Map<Long, List<Hash>> leaves = new HashMap<>();

    StoredSubtrees(AuditStore store) {
      this.store = store;
    }

    Hash root(int level, long index) {
      try {
        if (level >= AuditTip.LOWEST_KEPT) {
          return store.node(level, index).orElseThrow(() -> missing("subtree " + level + "/" + index));
        }
        long from = index << level;
        long stretch = from >> AuditTip.LOWEST_KEPT;
        int start = (int) (from & LOW - 1);
        List<Hash> hashes = leavesOf(stretch);
        if (hashes.size() < start + (1 << level)) {
          throw missing("record " + (from + 1));
        }
        return MerkleTree.of(hashes.subList(start, start + (1 << level))).root(1L << level);
      } catch (SQLException e) {
        throw new QenexException(ErrorCode.STORAGE_FAILED, "The audit log cannot be read", e);
      }
    }

    private List<Hash> leavesOf(long stretch) throws SQLException {
      List<Hash> known = leaves.get(stretch);
      if (known == null) {
        known = new ArrayList<>(LOW);
        List<Hash> read = known;
        store.hashes(stretch * LOW + 1, (stretch + 1) * LOW, (seq, hash) -> read.add(hash));
        leaves.put(stretch, known);
      }
      return known;
    }

    private static QenexException missing(String what) {
      return new QenexException(ErrorCode.INVARIANT_BROKEN, "The audit log was tampered with: " + what + " is missing");
    }
  }
}
