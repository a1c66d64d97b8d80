package ai.qenex.ledger.service;

import java.sql.SQLException;

/** Where the writer's log is kept. */
interface LogDatabase {

  /** A new connection that is known to live. */
  LogConnection connect() throws SQLException;
}
