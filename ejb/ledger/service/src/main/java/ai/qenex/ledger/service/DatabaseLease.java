package ai.qenex.ledger.service;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The lease as a row of the database, which this node renews by {@link Heartbeat} over a connection of its own.
 *
 * <p>
 * When it runs out is for the database's clock to say. This node counts for itself, on a clock that nobody sets, from
 * before it asked: so it stops trusting its memory no later than another may take over.
 */
final class DatabaseLease implements Lease {

  private static final String LOOK = "select holder, holder is null or instance = ? or expires_at < clock_timestamp() "
      + "from ledger.lease where k = 1";
  private static final String CLAIM = "update ledger.lease set term = term + 1, holder = ?, instance = ?, "
      + "taken_at = clock_timestamp(), expires_at = clock_timestamp() + ? * interval '1 millisecond' "
      + "where k = 1 and (holder is null or instance = ? or expires_at < clock_timestamp()) returning term";
  private static final String RENEW = "update ledger.lease set expires_at = clock_timestamp() "
      + "+ ? * interval '1 millisecond' where k = 1 and term = ?";
  private static final String RELEASE = "update ledger.lease set holder = null where k = 1 and term = ?";
  /**
   * A leader that froze in mid-transaction would hold its locks for as long as it is frozen: its connections are ended.
   * Nobody but a leader's writer and projector locks these tables so.
   */
  private static final String END_WHO_WRITES = "select pg_terminate_backend(pid) from pg_stat_activity a "
      + "where usename = current_user and backend_type = 'client backend' and pid <> pg_backend_pid() "
      + "and exists (select from pg_locks l join pg_class c on c.oid = l.relation where l.pid = a.pid and l.granted "
      + "and l.database = (select oid from pg_database where datname = current_database()) "
      + "and l.mode <> 'AccessShareLock' and c.relnamespace = 'ledger'::regnamespace "
      + "and c.relname ~ '^(log(_\\d+|_range)?|writer|projection)$')";
  private static final System.Logger LOG = System.getLogger(DatabaseLease.class.getName());

  private final DataSource database;
  private final Node node;
  private final UUID instance = UUID.randomUUID();
  private Connection connection;
  private volatile Grant grant = Grant.NONE;
  private volatile boolean lost;
  private volatile Optional<String> holder = Optional.empty();

  DatabaseLease(DataSource database, Node node) {
    this.database = database;
    this.node = node;
  }

  /** @param until on {@link System#nanoTime} */
  private record Grant(long term, long until) {
    static final Grant NONE = new Grant(-1, 0);
  }

  @Override
  public synchronized boolean claim() throws SQLException {
    try {
      return isFree() && isTaken();
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
  }

  private boolean isFree() throws SQLException {
    try (PreparedStatement statement = connected().prepareStatement(LOOK)) {
      statement.setObject(1, instance);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        holder = Optional.ofNullable(row.getString(1));
        return row.getBoolean(2);
      }
    }
  }

  private boolean isTaken() throws SQLException {
    long asked = System.nanoTime();
    try (PreparedStatement statement = connected().prepareStatement(CLAIM)) {
      statement.setString(1, node.name());
      statement.setObject(2, instance);
      statement.setLong(3, node.lease().toMillis());
      statement.setObject(4, instance);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        grant = new Grant(row.getLong(1), asked + node.lease().toNanos());
      }
    }
    lost = false;
    holder = Optional.of(node.name());
    try (var statement = connected().createStatement()) {
      statement.execute(END_WHO_WRITES);
    }
    LOG.log(Level.INFO, "Node {0} takes the ledger''s lease, term {1}", node.name(), grant.term);
    return true;
  }

  /** A sign of life, if this node has the lease. */
  synchronized void renew() throws SQLException {
    Grant mine = grant;
    if (mine == Grant.NONE) {
      return;
    }
    long asked = System.nanoTime();
    try (PreparedStatement statement = connected().prepareStatement(RENEW)) {
      statement.setLong(1, node.lease().toMillis());
      statement.setLong(2, mine.term);
      if (statement.executeUpdate() == 1) {
        grant = new Grant(mine.term, asked + node.lease().toNanos());
      } else {
        grant = Grant.NONE;
        lost = true;
      }
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
  }

  @Override
  public boolean isHeld() {
    Grant mine = grant;
    return mine != Grant.NONE && System.nanoTime() - mine.until < 0;
  }

  @Override
  public boolean isLost() {
    return lost;
  }

  @Override
  public synchronized void release() {
    Grant mine = grant;
    grant = Grant.NONE;
    if (mine == Grant.NONE) {
      return;
    }
    try (PreparedStatement statement = connected().prepareStatement(RELEASE)) {
      statement.setLong(1, mine.term);
      statement.executeUpdate();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "The ledger''s lease is left to run out: {0}", e.getMessage());
      disconnect();
    }
  }

  @Override
  public Optional<String> holder() {
    return holder;
  }

  synchronized void disconnect() {
    Connection old = connection;
    connection = null;
    if (old == null) {
      return;
    }
    try (old) {
      old.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the lease's old connection", e);
    }
  }

  private Connection connected() throws SQLException {
    if (connection == null) {
      Connection candidate = database.getConnection();
      connection = candidate;
      candidate.setAutoCommit(true);
      candidate.setNetworkTimeout(Runnable::run, (int) node.lease().toMillis());
    }
    return connection;
  }
}
