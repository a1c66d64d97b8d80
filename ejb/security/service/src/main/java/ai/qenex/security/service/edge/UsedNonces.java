package ai.qenex.security.service.edge;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * What may be used once, on any node, table {@code security.used_nonce}: whoever inserts it first has it. The insertion
 * does not wait for the disk: only a crash of the database itself forgets the last half second of them, and within it
 * the ledger still answers a repeated instruction as the first time.
 */
final class UsedNonces {

  private final DataSource database;

  UsedNonces(DataSource database) {
    this.database = database;
  }

  /** @param until when it may be forgotten @return whether nobody had used it */
  boolean use(String owner, String nonce, Instant until) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(
            "with hurried as (select set_config('synchronous_commit', 'off', true))"
                + " insert into security.used_nonce (owner, nonce, until) select ?, ?, ? from hurried"
                + " on conflict do nothing")) {
      insert.setString(1, owner);
      insert.setString(2, nonce);
      insert.setTimestamp(3, Timestamp.from(until));
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "Used nonces cannot be kept", e);
    }
  }

  /** Removes what may be forgotten. */
  int forget(Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement("delete from security.used_nonce where until < ?")) {
      delete.setTimestamp(1, Timestamp.from(now));
      return delete.executeUpdate();
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "Used nonces cannot be removed", e);
    }
  }
}
