package ai.qenex.security.service.approval;

import ai.qenex.kernel.Hash;
import ai.qenex.security.Approval;
import ai.qenex.security.Approval.Result;
import ai.qenex.security.Approval.State;
import ai.qenex.security.Approval.Verdict;
import ai.qenex.security.Approvals.Wanted;
import ai.qenex.security.SensitiveCall;
import ai.qenex.security.StoredSignature;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tables {@code security.approval} and {@code security.approval_decision}. Whoever calls holds the transaction. */
final class ApprovalStore {

  /** A request as its rows tell it, its signatures not yet verified. */
  record Kept(byte[] form, Hash hash, State state, Instant createdAt, Instant expiresAt, int attempts,
      Optional<Result> result, List<Signed> decisions) {}

  /** One decision with its signature. */
  record Signed(String approver, Verdict verdict, Instant at, String comment, StoredSignature signature) {}

  private static final String COLUMNS = "id, form, hash, state, created_at, expires_at, attempts, result_status,"
      + " result_type, result_body, finished_at";
  private static final String INSERT = "insert into security.approval (id, operation, maker, concerns, needed, form,"
      + " hash, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing";
  private static final String DECIDE = "insert into security.approval_decision (approval, approver, maker, concerns,"
      + " hash, verdict, at, comment, suite, key_id, epoch, signature) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private ApprovalStore() {}

  /** False: the id is taken. */
  static boolean insert(Connection connection, Approval approval) throws SQLException {
    SensitiveCall call = approval.call();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, call.id());
      insert.setString(2, call.operation().code());
      insert.setString(3, call.maker());
      insert.setString(4, call.figures().concerns());
      insert.setInt(5, call.needed());
      insert.setBytes(6, approval.form());
      insert.setBytes(7, approval.hash().bytes());
      insert.setTimestamp(8, Timestamp.from(approval.createdAt()));
      insert.setTimestamp(9, Timestamp.from(approval.expiresAt()));
      return insert.executeUpdate() == 1;
    }
  }

  static void decide(Connection connection, Approval approval, Signed decision) throws SQLException {
    SensitiveCall call = approval.call();
    try (PreparedStatement insert = connection.prepareStatement(DECIDE)) {
      insert.setObject(1, call.id());
      insert.setString(2, decision.approver());
      insert.setString(3, call.maker());
      insert.setString(4, call.figures().concerns());
      insert.setBytes(5, approval.hash().bytes());
      insert.setString(6, decision.verdict().code());
      insert.setTimestamp(7, Timestamp.from(decision.at()));
      insert.setString(8, decision.comment());
      insert.setString(9, decision.signature().suite());
      insert.setString(10, decision.signature().keyId());
      insert.setInt(11, decision.signature().epoch());
      insert.setBytes(12, decision.signature().bytes());
      insert.executeUpdate();
    }
  }

  static int pendingOf(Connection connection, String maker) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select count(*) from security.approval where maker = ? and state = 'pending'")) {
      query.setString(1, maker);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  static Optional<Kept> find(Connection connection, UUID id) throws SQLException {
    return find(connection, id, "");
  }

  /** Nobody else decides on it or carries it out until the transaction ends. */
  static Optional<Kept> lock(Connection connection, UUID id) throws SQLException {
    return find(connection, id, " for update");
  }

  private static Optional<Kept> find(Connection connection, UUID id, String lock) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select " + COLUMNS + " from security.approval where id = ?" + lock)) {
      query.setObject(1, id);
      List<Kept> found = read(connection, query);
      return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }
  }

  /** Newest first. @param limit instead of the wanted one */
  static List<Kept> list(Connection connection, Wanted wanted, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select " + COLUMNS + " from security.approval"
        + " where (? = '' or state = ?) and (? = '' or maker = ?) and (?::uuid is null or (created_at, id) <"
        + " (select created_at, id from security.approval where id = ?)) order by created_at desc, id desc limit ?")) {
      String state = wanted.state().map(State::code).orElse("");
      query.setString(1, state);
      query.setString(2, state);
      query.setString(3, wanted.maker().orElse(""));
      query.setString(4, wanted.maker().orElse(""));
      query.setObject(5, wanted.after().orElse(null));
      query.setObject(6, wanted.after().orElse(null));
      query.setInt(7, limit);
      return read(connection, query);
    }
  }

  /** The next request to carry out whose time has come, for this transaction alone. */
  static Optional<UUID> nextToCarryOut(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select id from security.approval"
        + " where state in ('approved', 'executing') and not_before <= ? order by not_before, created_at limit 1"
        + " for update skip locked")) {
      query.setTimestamp(1, Timestamp.from(now));
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  static void claim(Connection connection, UUID id, Instant until) throws SQLException {
    update(connection, "update security.approval set state = 'executing', attempts = attempts + 1, not_before = ?"
        + " where id = ?", until, id);
  }

  static void putBack(Connection connection, UUID id, Instant notBefore) throws SQLException {
    update(connection, "update security.approval set state = 'approved', not_before = ? where id = ?"
        + " and state = 'executing'", notBefore, id);
  }

  static void approve(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update security.approval set state = 'approved' where id = ?")) {
      update.setObject(1, id);
      update.executeUpdate();
    }
  }

  /** @param state one in which nothing is carried out */
  static void close(Connection connection, UUID id, State state, Instant now) throws SQLException {
    update(connection, "update security.approval set state = '" + state.code() + "', finished_at = ? where id = ?", now,
        id);
  }

  static void finish(Connection connection, UUID id, State state, Result result) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("update security.approval set state = ?,"
        + " result_status = ?, result_type = ?, result_body = ?, finished_at = ? where id = ?")) {
      update.setString(1, state.code());
      update.setInt(2, result.status());
      update.setString(3, result.mediaType());
      update.setBytes(4, result.body());
      update.setTimestamp(5, Timestamp.from(result.at()));
      update.setObject(6, id);
      update.executeUpdate();
    }
  }

  /** How many it let expire. */
  static int expire(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("update security.approval set state = 'expired',"
        + " finished_at = ? where state = 'pending' and expires_at <= ?")) {
      update.setTimestamp(1, Timestamp.from(now));
      update.setTimestamp(2, Timestamp.from(now));
      return update.executeUpdate();
    }
  }

  private static void update(Connection connection, String sql, Instant instant, UUID id) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setTimestamp(1, Timestamp.from(instant));
      update.setObject(2, id);
      update.executeUpdate();
    }
  }

  private static List<Kept> read(Connection connection, PreparedStatement query) throws SQLException {
    List<Kept> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        Optional<Result> result = row.getObject(8) == null ? Optional.empty()
            : Optional.of(new Result(row.getInt(8), row.getString(9), row.getBytes(10),
                row.getTimestamp(11).toInstant()));
        found.add(new Kept(row.getBytes(2), new Hash(row.getBytes(3)), State.ofCode(row.getString(4)).orElseThrow(),
            row.getTimestamp(5).toInstant(), row.getTimestamp(6).toInstant(), row.getInt(7), result,
            decisionsOf(connection, row.getObject(1, UUID.class))));
      }
    }
    return found;
  }

  private static List<Signed> decisionsOf(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select approver, verdict, at, comment, suite, key_id,"
        + " epoch, signature from security.approval_decision where approval = ? order by at, approver")) {
      query.setObject(1, id);
      List<Signed> decisions = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Verdict verdict = row.getString(2).equals(Verdict.APPROVE.code()) ? Verdict.APPROVE : Verdict.REJECT;
          decisions.add(new Signed(row.getString(1), verdict, row.getTimestamp(3).toInstant(), row.getString(4),
              new StoredSignature(row.getString(5), row.getString(6), row.getInt(7), row.getBytes(8))));
        }
      }
      return decisions;
    }
  }
}
