package ai.qenex.ledger.service;

import ai.qenex.ledger.service.OutboxStore.Unsent;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Sends what is in the outbox, per destination in order, at least once (Enterprise Integration Patterns: Guaranteed
 * Delivery).
 *
 * <p>
 * A message is first handed to the broker for good and then marked as sent. A crash in between sends it again, which
 * the broker knows by its duplicate-detection id. The other way round, or both in one distributed transaction whose
 * database part is a last resource that leaves no trace for recovery, a crash at the wrong moment would lose it.
 *
 * <p>
 * A destination that fails is left alone until the next run and holds up no other.
 */
final class OutboxRelay {

  private static final int MESSAGES_AT_ONCE = 100;
  private static final int ROUNDS = 50;
  private static final System.Logger LOG = System.getLogger(OutboxRelay.class.getName());

  private final DataSource database;
  private final InstantSource clock;
  private final Channel channel;

  /** The way to the broker. */
  @FunctionalInterface
  interface Channel {

    /** Returns when the broker has the message for good. @throws UndeliveredException otherwise */
    void send(Unsent unsent) throws UndeliveredException;
  }

  /** The broker did not take a message, or nobody knows whether it did. */
  static final class UndeliveredException extends Exception {

    UndeliveredException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  OutboxRelay(DataSource database, InstantSource clock, Channel channel) {
    this.database = database;
    this.clock = clock;
    this.channel = channel;
  }

  /** Sends what waits, up to a limit. Outside any transaction of the caller. Answers how many messages were sent. */
  int run() throws SQLException {
    Set<String> failed = new HashSet<>();
    int sent = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Round done = round(failed);
      sent += done.sent;
      if (!done.more) {
        break;
      }
    }
    return sent;
  }

  /** @param more whether another round may find something */
  private record Round(int sent, boolean more) {}

  private Round round(Set<String> failed) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var store = new OutboxStore(connection);
        if (!store.mayISend()) {
          return new Round(0, false);
        }
        List<Unsent> unsent = store.unsent(MESSAGES_AT_ONCE, failed);
        List<Long> sent = send(unsent, failed);
        if (!sent.isEmpty()) {
          store.markSent(sent, clock.instant());
        }
        connection.commit();
        return new Round(sent.size(), unsent.size() == MESSAGES_AT_ONCE);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private List<Long> send(List<Unsent> unsent, Set<String> failed) {
    var sent = new ArrayList<Long>();
    for (Unsent next : unsent) {
      String destination = next.message().destination();
      if (failed.contains(destination)) {
        continue;
      }
      try {
        channel.send(next);
        sent.add(next.number());
      } catch (UndeliveredException e) {
        failed.add(destination);
        LOG.log(Level.WARNING, "Message {0} waits for {1}: {2}", next.number(), destination, e.getMessage());
      }
    }
    return sent;
  }
}
