package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Who owns the database can change a row behind the ledger's back; the seal tells (invariant LEDGER-7). */
@Isolated
class TamperedLogIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final Api auditor = Api.as("auditor");

  @Test
  void theCheckFindsARowThatWasChangedBehindItsHead() throws SQLException {
    Api teller = Api.as("teller");
    String account = teller.openWith("EUR", "5.00");
    String other = teller.open("EUR", "current").path("id").asText();
    long seq = teller.transfer(account, other, "1.00", "EUR").expect(201).body().path("seq").asLong();
    awaitSealed(seq);
    assertTrue(auditor.get("/api/v1/ledger/check").expect(200).body().path("passed").asBoolean());
    // no law of the books speaks of the reference: only the seal knows
    change("'somebody else''s'", seq);
    try {
      JsonNode report = auditor.get("/api/v1/ledger/check").expect(200).body();
      assertFalse(report.path("passed").asBoolean(), report::toString);
      assertTrue(report.path("violations").toString().contains("not what"), report::toString);
    } finally {
      change("null", seq);
    }
    JsonNode report = auditor.get("/api/v1/ledger/check").expect(200).body();
    assertTrue(report.path("passed").asBoolean(), report::toString);
  }

  private void awaitSealed(long seq) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      if (auditor.get("/api/v1/ledger/check").expect(200).body().path("seal").path("upTo").asLong() >= seq) {
        return;
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
    throw new AssertionError("entry " + seq + " is not sealed in time");
  }

  private void change(String reference, long seq) throws SQLException {
    try (Connection connection = DriverManager.getConnection(auditor.bank().jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("update ledger.log set reference = " + reference + " where seq = " + seq);
    }
  }
}
