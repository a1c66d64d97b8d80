package ai.qenex.security.service.audit;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The one place that speaks to the driver itself. */
final class AuditCopy {

  private static final String COPY =
      "copy security.audit_record (" + CopyRows.COLUMNS + ") from stdin (format binary)";

  private AuditCopy() {}

  /** In a transaction of its own, two trips to the database. */
  static void send(Connection connection, byte[] rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    copy.writeToCopy(rows, 0, rows.length);
    copy.endCopy();
  }
}
