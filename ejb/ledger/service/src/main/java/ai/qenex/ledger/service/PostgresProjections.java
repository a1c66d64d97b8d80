package ai.qenex.ledger.service;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The projections in PostgreSQL. */
final class PostgresProjections implements ProjectionDatabase {

  private final DataSource database;
  private final long rangeEntries;
  private final RecentTransfers recent;

  /**
   * @param rangeEntries how many entries a new range of the log takes
   * @param recent what the writer of this process still has in memory of what it wrote
   */
  PostgresProjections(DataSource database, long rangeEntries, RecentTransfers recent) {
    this.recent = recent;
    this.database = database;
    this.rangeEntries = rangeEntries;
  }

  @Override
  public Transaction begin() throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    return new PostgresTransaction(connection, new LogRanges(rangeEntries), recent);
  }

  private record PostgresTransaction(Connection connection, LogRanges ranges,
      RecentTransfers recent) implements Transaction {

    @Override
    public long lockWatermark() throws SQLException {
      try (var statement = connection.createStatement()) {
        // a projection can be made again: it need not wait for the disk
        statement.execute("set local synchronous_commit = off");
        statement.execute("set local search_path = ledger");
        try (var row = statement.executeQuery("select seq from ledger.projection where k = 1 for update")) {
          row.next();
          return row.getLong(1);
        }
      }
    }

    @Override
    public void project(long from, long to) throws SQLException {
      AssetTable assets = AssetTable.load(connection);
      new Projection(connection, assets, recent).project(from, to);
      try (var statement = connection.prepareStatement("update ledger.projection set seq = ? where k = 1")) {
        statement.setLong(1, to);
        statement.executeUpdate();
      }
      ranges.addAhead(connection, to);
    }

    @Override
    public void commit() throws SQLException {
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      try (connection) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }
}
