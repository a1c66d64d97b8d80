package ai.qenex.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Everything that a request could have changed: the end of the ledger's log, the trial balance, and how many rows each
 * table has.
 *
 * @param lastSeq of the log
 * @param trialBalance of the euro, as it is answered
 * @param rows by table
 */
record BankState(long lastSeq, JsonNode trialBalance, Map<String, Long> rows) {

  /** What grows by itself, or because somebody was refused: that is what these tables are for. */
  private static final List<String> GROWING =
      List.of("security.used_nonce", "security.audit", "security.login", "ledger.seal", "ledger.head",
          "ledger.snapshot",
          "ledger.projection", "security.failed", "security.step_up", "security.key",
          "security.tenant_key");

  /** Waits for what is still under way from before. */
  static BankState settled(RunningBank bank) {
    Api auditor = new Api(bank, "auditor");
    long begun = System.nanoTime();
    BankState before = now(bank, auditor);
    while (System.nanoTime() - begun < Duration.ofSeconds(30).toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
      BankState after = now(bank, auditor);
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    throw new AssertionError("the bank does not come to rest");
  }

  private static BankState now(RunningBank bank, Api auditor) {
    return new BankState(auditor.get("/api/v1/ledger/check").expect(200).body().path("lastSeq").asLong(),
        auditor.get("/api/v1/trial-balance?asset=EUR").expect(200).body(), rows(bank));
  }

  private static Map<String, Long> rows(RunningBank bank) {
    Map<String, Long> rows = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(bank.jdbcUrl());
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found = statement.executeQuery("select schemaname || '.' || tablename from pg_tables"
          + " where schemaname not in ('pg_catalog', 'information_schema')")) {
        while (found.next()) {
          tables.add(found.getString(1));
        }
      }
      for (String table : tables) {
        if (GROWING.stream().noneMatch(table::startsWith)) {
          try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            rows.put(table, count.getLong(1));
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new AssertionError("The tables cannot be counted", e);
    }
  }
}
