package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.ledger.service.OutboxRelay.Channel;
import ai.qenex.ledger.service.OutboxRelay.UndeliveredException;
import ai.qenex.ledger.service.OutboxStore.Unsent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay against a broker that fails and forgets to answer: nothing is lost, nothing overtakes. */
class OutboxRelayIT {

  private final LedgerFixture ledger = new LedgerFixture();

  @AfterEach
  void close() {
    ledger.close();
  }

  /** Keeps what it gets, knows repetitions by event id, and may fail before or after it took a message. */
  private static final class MoodyBroker implements Channel {

    private final List<Unsent> received = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();
    private final Set<String> down = new HashSet<>();
    private final Random random;

    MoodyBroker(long seed) {
      random = new Random(seed);
    }

    @Override
    public void send(Unsent unsent) throws UndeliveredException {
      int mood = random.nextInt(10);
      if (down.contains(unsent.message().destination()) || mood == 0) {
        throw new UndeliveredException("not taken", null);
      }
      if (seen.add(unsent.message().eventId())) {
        received.add(unsent);
      }
      if (mood == 1) {
        throw new UndeliveredException("taken, but the answer is lost", null);
      }
    }

    List<String> bodies(String destination) {
      return received.stream().filter(unsent -> unsent.message().destination().equals(destination))
          .map(unsent -> new String(unsent.message().body(), StandardCharsets.UTF_8)).toList();
    }
  }

  private void add(String destination, int from, int to) {
    new TransactionPerCall(ledger.database()).run(database -> {
      try (var connection = database.getConnection()) {
        for (int i = from; i < to; i++) {
          new OutboxStore(connection).add(new OutboxMessage(LedgerFixture.newId(), destination, "c" + i,
              Instant.parse("2027-03-01T10:00:00Z"), ("body " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return true;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  private static List<String> expected(int count) {
    return IntStream.range(0, count).mapToObj(i -> "body " + i).toList();
  }

  private void runUntilSent(OutboxRelay relay, String condition) throws SQLException {
    for (int runs = 0; ledger
        .count("select count(*) from ledger.outbox where sent_at is null and " + condition) > 0; runs++) {
      relay.run();
      assertEquals(true, runs < 10_000, "the outbox does not empty");
    }
  }

  @Test
  void sendsEachMessageInOrderWhateverTheBrokerDoes() throws SQLException {
    for (int i = 0; i < 4; i++) {
      add("one", i * 100, (i + 1) * 100);
      add("two", i * 100, (i + 1) * 100);
    }
    for (int seed = 0; seed < 3; seed++) {
      ledger.execute("update ledger.outbox set sent_at = null");
      var broker = new MoodyBroker(seed);
      try (Connection connection = ledger.database().getConnection()) {
        runUntilSent(new OutboxRelay(TransactionPerCall.through(connection), Clock.systemUTC(), broker), "true");
      }
      assertEquals(expected(400), broker.bodies("one"));
      assertEquals(expected(400), broker.bodies("two"));
    }
  }

  @Test
  void failingDestinationHoldsUpNoOther() throws SQLException {
    add("broken", 0, 250);
    add("well", 0, 250);
    var broker = new MoodyBroker(9);
    broker.down.add("broken");
    var relay = new OutboxRelay(ledger.database(), Clock.systemUTC(), broker);
    runUntilSent(relay, "destination = 'well'");
    assertEquals(expected(250), broker.bodies("well"));
    assertEquals(List.of(), broker.bodies("broken"));
    broker.down.clear();
    runUntilSent(relay, "true");
    assertEquals(expected(250), broker.bodies("broken"));
  }

  @Test
  void doesNotSendWhatIsNotCommittedAndLeavesOneSenderAtWork() throws Exception {
    var broker = new MoodyBroker(1);
    var relay = new OutboxRelay(ledger.database(), Clock.systemUTC(), broker);
    assertThrows(IllegalStateException.class, () -> new TransactionPerCall(ledger.database()).run(database -> {
      add("one", 0, 1);
      throw new IllegalStateException("rolls back only what its own connection did");
    }));
    runUntilSent(relay, "true");
    assertEquals(expected(1), broker.bodies("one"));
    add("one", 1, 2);
    new TransactionPerCall(ledger.database()).run(database -> {
      try (var connection = database.getConnection()) {
        assertEquals(true, new OutboxStore(connection).mayISend());
        return assertDoesNothing(relay);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
    runUntilSent(relay, "true");
    assertEquals(expected(2), broker.bodies("one"));
  }

  private static int assertDoesNothing(OutboxRelay relay) throws SQLException {
    int sent = relay.run();
    assertEquals(0, sent);
    return sent;
  }
}
