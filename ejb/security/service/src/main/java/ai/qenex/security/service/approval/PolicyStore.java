package ai.qenex.security.service.approval;

import ai.qenex.security.AmountLimits;
import ai.qenex.security.ApprovalPolicy;
import ai.qenex.security.Operation;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Table {@code security.approval_policy}, and the version that tells other nodes of a change. */
final class PolicyStore {

  private static final String KEEP = "insert into security.approval_policy (name, operation, above, internal_only,"
      + " needed, roles, approvers, life_seconds, changed_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      + " on conflict (name) do update set operation = excluded.operation, above = excluded.above,"
      + " internal_only = excluded.internal_only, needed = excluded.needed, roles = excluded.roles,"
      + " approvers = excluded.approvers, life_seconds = excluded.life_seconds, changed_by = excluded.changed_by,"
      + " changed_at = now()";

  private PolicyStore() {}

  static long version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select version from security.policy_version where kind = 'approval'")) {
      row.next();
      return row.getLong(1);
    }
  }

  static List<ApprovalPolicy> all(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select name, operation, above, internal_only, needed, roles, approvers,"
            + " life_seconds from security.approval_policy order by name")) {
      List<ApprovalPolicy> policies = new ArrayList<>();
      while (row.next()) {
        policies.add(new ApprovalPolicy(row.getString(1), Operation.ofCode(row.getString(2)).orElseThrow(),
            limits(row.getString(3)), row.getBoolean(4), row.getInt(5), texts(row.getArray(6)),
            texts(row.getArray(7)), Duration.ofSeconds(row.getLong(8))));
      }
      return policies;
    }
  }

  static void keep(Connection connection, ApprovalPolicy policy, String administrator) throws SQLException {
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setString(1, policy.name());
      keep.setString(2, policy.operation().code());
      keep.setString(3, policy.above().toString());
      keep.setBoolean(4, policy.internalOnly());
      keep.setInt(5, policy.needed());
      keep.setArray(6, array(connection, policy.roles()));
      keep.setArray(7, array(connection, policy.approvers()));
      keep.setLong(8, policy.life().toSeconds());
      keep.setString(9, administrator);
      keep.executeUpdate();
    }
    changed(connection);
  }

  static boolean drop(Connection connection, String name) throws SQLException {
    try (PreparedStatement drop =
        connection.prepareStatement("delete from security.approval_policy where name = ?")) {
      drop.setString(1, name);
      boolean dropped = drop.executeUpdate() == 1;
      changed(connection);
      return dropped;
    }
  }

  private static void changed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("update security.policy_version set version = version + 1 where kind = 'approval'");
    }
  }

  private static Array array(Connection connection, Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.stream().sorted().toArray());
  }

  private static Set<String> texts(Array array) throws SQLException {
    return Set.of((String[]) array.getArray());
  }

  private static AmountLimits limits(String text) {
    return text.isEmpty() ? AmountLimits.NONE : AmountLimits.parse(text).orElseThrow();
  }
}
