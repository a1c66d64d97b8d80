package ai.qenex.ledger.service;

import java.sql.Connection;
import java.time.Instant;

/** A service may do what a core may not. */
public class HiddenBean {
  Connection connection;
  Instant started = Instant.now();
}
