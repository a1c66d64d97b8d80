package ai.qenex.security;

import ai.qenex.kernel.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads and proves the audit log. */
public interface AuditLog {

  /** Most records of one answer. */
  int MOST_RECORDS = 1_000;

  /**
   * Which records are wanted; an absent one is no condition.
   *
   * @param from the first instant
   * @param to the first instant after
   * @param subject the id
   */
  record Search(Optional<Instant> from, Optional<Instant> to, Optional<String> actor, Optional<AuditKind> kind,
      Optional<String> action, Optional<String> subject, Optional<AuditOutcome> outcome,
      Optional<String> correlation) {}

  /**
   * A page of what was found, newest first.
   *
   * @param below where the next page begins, see {@link #find}; 0 if there is none. A page may be empty and another
   * follow: one search reads a bounded stretch of the log
   */
  record Page(List<AuditRecord> records, long below) {

    public Page {
      records = List.copyOf(records);
    }
  }

  /** A public key that signed heads. */
  record Key(String keyId, String suite, byte[] publicKey) {}

  /**
   * That a record is in the log.
   *
   * @param head under which it is shown
   * @param path from the record's hash to the head's root
   */
  record Inclusion(AuditRecord record, AuditHead head, List<Hash> path) {

    public Inclusion {
      path = List.copyOf(path);
    }
  }

  /** That the log under one head is the beginning of that under another. */
  record Growth(AuditHead from, AuditHead to, List<Hash> path) {

    public Growth {
      path = List.copyOf(path);
    }
  }

  /**
   * What a look over the log found.
   *
   * @param records in the log
   * @param signed how many of them a head covers
   * @param head number of the latest, 0 if there is none
   * @param checkedFrom first record of the stretch that was hashed again this time
   * @param checkedTo its last
   * @param violations in one sentence each; empty is good
   */
  record Report(long records, long signed, long head, long checkedFrom, long checkedTo, List<String> violations) {

    public Report {
      violations = List.copyOf(violations);
    }
  }

  /**
   * Records newest first.
   *
   * @param below only numbers below it; {@link Long#MAX_VALUE} for the first page
   * @param limit at most {@link #MOST_RECORDS}
   */
  Page find(Search search, long below, int limit);

  /** Records oldest first, numbers from {@code first} to {@code last}, at most {@link #MOST_RECORDS}. */
  List<AuditRecord> records(long first, long last);

  /** Number of the newest record. */
  long size();

  Optional<AuditHead> latestHead();

  /** Heads oldest first, with numbers above {@code after}. */
  List<AuditHead> heads(long after, int limit);

  List<Key> keys();

  /** Empty unless the record is there and that head covers it. @param head its number; absent: the latest */
  Optional<Inclusion> inclusion(long seq, Optional<Long> head);

  /** Empty unless both heads are there. @param from not above {@code to} */
  Optional<Growth> consistency(long from, long to);

  /** Intents of this node that had no end when it started, at most {@link #MOST_RECORDS}: it died in between. */
  List<AuditRecord> openIntents();

  /** Compares a stretch of the stored log with its heads, the next one each time, and the newest head with its copy. */
  Report check();

  /** Why this node must not be trusted with work: the log cannot be written, or is not what was signed. */
  Optional<String> whyNotReady();
}
