package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Transfers out of {@code ledger.log} by number. */
final class TransferStore {

  private static final String SELECT = "select " + LogStore.COLUMNS + " from ledger.log where ";
  private static final String BY_SEQ = SELECT + "seq = any(?) and kind = 1 order by seq";
  private final Connection connection;
  private final LogStore log;

  TransferStore(Connection connection, LogStore log) {
    this.connection = connection;
    this.log = log;
  }

  /** In the order of the numbers, which is rising or falling. */
  List<TransferPosted> bySeq(long[] seqs) throws SQLException {
    if (seqs.length == 0) {
      return List.of();
    }
    boolean falling = seqs[0] > seqs[seqs.length - 1];
    try (PreparedStatement statement = connection.prepareStatement(BY_SEQ + (falling ? " desc" : ""))) {
      statement.setArray(1, connection.createArrayOf("int8", Arrays.stream(seqs).boxed().toArray()));
      List<TransferPosted> found = read(statement);
      return found.size() == seqs.length ? found : withArchived(found, seqs);
    }
  }

  private List<TransferPosted> withArchived(List<TransferPosted> found, long[] seqs) throws SQLException {
    Map<Long, LedgerEntry> entries = new HashMap<>();
    found.forEach(transfer -> entries.put(transfer.seq(), transfer));
    entries.putAll(new ArchivedLog(connection)
        .bySeq(Arrays.stream(seqs).filter(seq -> !entries.containsKey(seq)).boxed().toList()));
    var all = new ArrayList<TransferPosted>();
    for (long seq : seqs) {
      if (entries.get(seq) instanceof TransferPosted transfer) {
        all.add(transfer);
      }
    }
    return all;
  }

  private List<TransferPosted> read(PreparedStatement statement) throws SQLException {
    var transfers = new ArrayList<TransferPosted>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        transfers.add((TransferPosted) log.read(rows).entry());
      }
    }
    return transfers;
  }
}
