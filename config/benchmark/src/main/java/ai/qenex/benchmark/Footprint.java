package ai.qenex.benchmark;

import ai.qenex.benchmark.PostingLoad.Mode;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;

/** What a plain transfer costs beside CPU time in all: who uses that time, memory, WAL and disk. */
final class Footprint {

  private static final long TRANSFERS = 1_000_000;
  private static final String WAL = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";
  private static final String ROWS = "select coalesce(max(seq), 0) from ledger.log";
  private static final String LOG =
      "select sum(pg_table_size(inhrelid)) from pg_inherits where inhparent = 'ledger.log'::regclass";
  private static final String INDEXES =
      "select sum(pg_indexes_size(inhrelid)) from pg_inherits where inhparent = 'ledger.log'::regclass";
  private static final String POSTINGS = "select pg_total_relation_size('ledger.posting')";

  private final PrintStream out;
  private final DataSource database;
  private final Stretch stretch;

  Footprint(PrintStream out, DataSource database, Stretch stretch) {
    this.out = out;
    this.database = database;
    this.stretch = stretch;
  }

  /** Posts a million transfers and tells. */
  void report(PostingLoad load) throws SQLException {
    try (Connection connection = database.getConnection()) {
      long wal = figure(connection, WAL);
      long rows = figure(connection, ROWS);
      CpuByRole before = CpuByRole.now(stretch.serverPid());
      Measured measured = stretch.count(PostingBenchmark.SATURATED_LANES, TRANSFERS,
          number -> load.lane(Mode.PLAIN, number, PostingBenchmark.SATURATED_BATCH));
      CpuByRole after = CpuByRole.now(stretch.serverPid());
      long stored = figure(connection, ROWS);
      out.printf(Locale.ROOT, "One plain transfer, CPU us: %s%n", after.since(before, measured.operations()));
      out.printf(Locale.ROOT,
          "One plain transfer, bytes: WAL %.0f, allocated by the writer's thread %.0f, on disk: log %.0f, its indexes "
              + "%.0f, posting lists %.0f; %,d entries stored%n%n",
          (double) (figure(connection, WAL) - wal) / (stored - rows),
          after.allocatedSince(before, measured.operations()), (double) figure(connection, LOG) / stored,
          (double) figure(connection, INDEXES) / stored, (double) figure(connection, POSTINGS) / stored, stored);
    }
  }

  private static long figure(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
