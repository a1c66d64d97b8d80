package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.GeneralLedger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Draws up the day's journal once. Journal and outbox message are written through the data source in the caller's
 * transaction, which decides for both.
 */
final class JournalBook implements GeneralLedger {

  static final String DESTINATION = "qenex.gl.journal";
  private static final String LATER_DAY = """
      select exists (select from ledger.business_day where opened_seq > ?) or exists (
        select from ledger.log
        where seq > greatest(?, (select seq from ledger.projection where k = 1)) and kind = 5)
      """;

  private final DataSource database;
  private final InstantSource clock;

  JournalBook(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The day must be past its cut-off; what only the end of day itself may still post into it has to be posted before.
   *
   * @throws QenexException {@code NOT_FOUND} if the day was never opened, {@code CONFLICTING_STATE} if it is the
   * current one, {@code STORAGE_FAILED}
   */
  @Override
  public Journal recordJournal(BusinessDate date) {
    try (Connection connection = database.getConnection()) {
      var store = new JournalStore(connection);
      Optional<Journal> known = store.find(date);
      return known.isPresent() ? known.get() : draw(date, store, connection);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the journal of " + date + " cannot be recorded", e);
    }
  }

  private Journal draw(BusinessDate date, JournalStore store, Connection connection) throws SQLException {
    DayStretch day = DayStretch.of(date, connection)
        .orElseThrow(() -> new QenexException(ErrorCode.NOT_FOUND, "business date " + date + " was never opened"));
    if (!day.isClosed() && !isPastCutOff(connection, day)) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "business date " + date + " is not over yet");
    }
    new DaySums(connection).sumClosed();
    List<Line> lines = store.turnover(date, day);
    var journal = new Journal(UuidV7.derived(store.idOfDay(day), DESTINATION), date, lines);
    if (!store.add(journal)) {
      return store.find(date).orElseThrow();
    }
    new OutboxStore(connection).add(new OutboxMessage(journal.eventId(), DESTINATION, "gl-journal-" + date,
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        JournalText.message(journal).getBytes(StandardCharsets.UTF_8)));
    return journal;
  }

  private static boolean isPastCutOff(Connection connection, DayStretch day) throws SQLException {
    try (var statement = connection.prepareStatement(LATER_DAY)) {
      statement.setLong(1, day.from());
      statement.setLong(2, day.from());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
