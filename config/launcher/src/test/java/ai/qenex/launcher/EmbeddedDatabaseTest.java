package ai.qenex.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir private Path folder;

  /** Their programs are those of the first. */
  @Test
  void startsTheSecondDatabaseOfAProcessAgain() throws IOException, SQLException {
    try (var first = EmbeddedDatabase.startAlone(folder.resolve("first"), freePort());
        var second = EmbeddedDatabase.startAlone(folder.resolve("second"), freePort())) {
      execute(second, "create table kept as select 7 as figure");
      second.kill();
      assertFalse(second.isRunning());
      second.startAgain();
      assertTrue(second.isRunning());
      assertEquals(7, execute(second, "select figure from kept"));
      first.stopFast();
      first.startAgain();
      assertTrue(first.isRunning());
    }
  }

  private static int execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(database.jdbcUrl());
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return 0;
      }
      try (var row = statement.getResultSet()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
