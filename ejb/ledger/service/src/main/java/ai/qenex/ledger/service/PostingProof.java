package ai.qenex.ledger.service;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Proves that the posting lists name each transfer of a stretch once for its debit and once for its credit account, and
 * nothing else. Works through the stretch in parts that fit into memory.
 */
final class PostingProof {

  private static final int PART = 250_000;
  private static final int TOLD = 5;
  private static final int FETCH_ROWS = 1_000;
  /** A list that reaches into a stretch begins at most a projection before it. */
  private static final String LISTS = "select account, seq, offsets from ledger.posting where seq > %d and seq <= %d";

  private final Connection connection;
  private final List<String> violations = new ArrayList<>();

  PostingProof(Connection connection) {
    this.connection = connection;
  }

  /** One sentence per breach among the entries behind {@code from} up to and including {@code to}. */
  List<String> violations(long from, long to) throws SQLException {
    for (long start = from; start < to && violations.size() < TOLD; start += PART) {
      prove(start, Math.min(start + PART, to));
    }
    return violations;
  }

  private void prove(long from, long to) throws SQLException {
    TransferScan transfers = TransferScan.read(connection, from + 1, to, Optional.empty());
    var part = new Part(from, to, transfers, new BitSet(), new BitSet());
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      long reach = from - LedgerSettings.MAX_PROJECTION_ENTRIES;
      try (var rows = statement.executeQuery(LISTS.formatted(reach, to))) {
        while (rows.next() && violations.size() < TOLD) {
          prove(part, rows.getLong(1),
              new PostingLists.PostingList(rows.getLong(2), ByteBuffer.wrap(rows.getBytes(3))));
        }
      }
    }
    for (int i = 0; i < transfers.count() && violations.size() < TOLD; i++) {
      int offset = (int) (transfers.seq(i) - from);
      if (!part.debits.get(offset) || !part.credits.get(offset)) {
        long account = part.debits.get(offset) ? transfers.credit(i) : transfers.debit(i);
        violations.add("entry " + transfers.seq(i) + " is in no posting list of account " + account);
      }
    }
  }

  /**
   * @param debits which entries were met in a list of their debit account, by offset from {@code from}
   * @param credits the same for their credit account
   */
  private record Part(long from, long to, TransferScan transfers, BitSet debits, BitSet credits) {}

  private void prove(Part part, long account, PostingLists.PostingList list) {
    for (int i = 0; i < list.size(); i++) {
      long entry = list.entry(i);
      if (entry > part.from && entry <= part.to) {
        int offset = (int) (entry - part.from);
        int index = part.transfers.indexOf(entry);
        boolean ofDebit = index >= 0 && part.transfers.debit(index) == account;
        boolean ofCredit = index >= 0 && part.transfers.credit(index) == account;
        BitSet met = ofDebit ? part.debits : part.credits;
        if (!ofDebit && !ofCredit || met.get(offset)) {
          violations.add("a posting list of account " + account + " holds entry " + entry
              + (ofDebit || ofCredit ? " twice" : ", which did not move it"));
          return;
        }
        met.set(offset);
      }
    }
  }
}
