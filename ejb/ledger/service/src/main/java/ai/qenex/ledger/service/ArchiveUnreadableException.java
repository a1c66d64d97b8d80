package ai.qenex.ledger.service;

import java.sql.SQLException;

/** Entries that left the database cannot be read from their archive, which is named: it is missing or damaged. */
final class ArchiveUnreadableException extends SQLException {

  private static final long serialVersionUID = 1L;
  private static final String IO_ERROR = "58030";

  ArchiveUnreadableException(String message, Exception cause) {
    super(message, IO_ERROR, cause);
  }
}
