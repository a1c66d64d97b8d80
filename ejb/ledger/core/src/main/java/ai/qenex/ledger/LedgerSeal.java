package ai.qenex.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What proves to outsiders that the log stays as it was. Hashes are 64 lower-case hex digits. */
public interface LedgerSeal {

  /** The most heads or lines of one answer. */
  int MAX_ITEMS = 1_000;

  /** Empty while nothing is sealed. */
  Optional<Head> latest();

  Optional<Head> head(long number);

  /** The heads behind number {@code after}, oldest first. @param limit 1 to {@link #MAX_ITEMS} */
  List<Head> heads(long after, int limit);

  /** Every key that ever signed. */
  List<Key> keys();

  /**
   * Proves that an entry is in the log.
   *
   * @param number of the head to prove it under; empty: that of its own range
   */
  Evidence proofOf(UUID id, Optional<Long> number);

  /**
   * The hashes that show that head {@code from} is a beginning of head {@code to} (RFC 9162 §2.1.4); empty if one of
   * them does not exist.
   *
   * @throws ai.qenex.kernel.QenexException {@code INVALID_REQUEST} if {@code from} is less than 1 or behind {@code to}
   */
  Optional<Growth> consistency(long from, long to);

  /** Entries from {@code from} to {@code to} in log order, as many as one answer takes. */
  List<Line> lines(long from, long to);

  /** The last entry that is sealed, 0 for none. */
  long sealedUpTo();

  /**
   * A signed head of the log; what it means and what exactly is signed is in the handbook's canonical-form page.
   *
   * @param number 1 for the first, then counting up
   * @param first seq of the first entry of its range
   * @param last seq of its last
   * @param chunks roots over 1,024 entries each, of which the range root is made
   */
  record Head(
      long number, long first, long last, String rangeRoot, String treeRoot, String previous, Instant sealedAt,
      String suite, String keyId, byte[] signature, List<String> chunks) {

    public Head {
      chunks = List.copyOf(chunks);
    }
  }

  record Key(String keyId, String suite, byte[] publicKey) {}

  /** @param path hashes of the proof, empty if it is one and the same head */
  record Growth(Head from, Head to, List<String> path) {

    public Growth {
      path = List.copyOf(path);
    }
  }

  /** An entry to check elsewhere. @param form its canonical form */
  record Line(long seq, UUID id, byte[] form, String hash) {}

  /** What can be shown of an entry. */
  sealed interface Evidence {}

  /**
   * The entry is leaf {@code seq - range.first()} of its range's tree, and the range is leaf {@code range.number() - 1}
   * of the tree of ranges that {@code head} signs.
   *
   * @param rangePath audit path in the range
   * @param treePath audit path in the tree of ranges
   */
  record Proven(Line entry, Head range, List<String> rangePath, Head head, List<String> treePath) implements Evidence {

    public Proven {
      rangePath = List.copyOf(rangePath);
      treePath = List.copyOf(treePath);
    }
  }

  /** It is in the log, but no such head covers it yet. @param sealed the last entry that is covered */
  record NotSealedYet(long seq, long sealed) implements Evidence {}

  /** No entry has that id. */
  record Unknown() implements Evidence {}
}
