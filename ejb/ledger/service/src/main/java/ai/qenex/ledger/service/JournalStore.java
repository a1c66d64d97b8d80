package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.GeneralLedger.Journal;
import ai.qenex.ledger.GeneralLedger.Line;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.engine.LogRow;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Adds up the day's turnover per GL code and asset, and keeps journals in {@code ledger.journal}. */
final class JournalStore {

  /** Accounts that are not projected yet have no GL code here; each of them is a group of its own. */
  private static final String TURNOVER = """
      select t.asset, a.gl_code, case when a.gl_code is null then t.account end, sum(t.debits), sum(t.credits)
      from (
        select l.asset, case when side.pays then l.debit else l.credit end as account,
          sum(case when side.pays then l.amount else 0 end) as debits,
          sum(case when side.pays then 0 else l.amount end) as credits
        from ledger.log l cross join (values (true), (false)) side(pays)
        where l.seq > ? and l.seq < ? and l.kind = 1 and l.business_date = ? group by 1, 2) t
      left join ledger.account a on a.number = t.account group by 1, 2, 3
      """;

  private final Connection connection;
  private final AssetTable assets;

  JournalStore(Connection connection) throws SQLException {
    this.connection = connection;
    this.assets = AssetTable.load(connection);
  }

  private record Key(String glCode, String asset) {}

  /** The lines of the day, sorted by GL code and asset; several of one if a sum has more digits than an amount. */
  List<Line> turnover(BusinessDate date, DayStretch day) throws SQLException {
    return turnovers(date, day).stream().flatMap(turnover -> turnover.lines().stream()).toList();
  }

  /** What moved on the day, sorted by GL code and asset. */
  List<Turnover> turnovers(BusinessDate date, DayStretch day) throws SQLException {
    if (day.from() < new ArchivedLog(connection).end()) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "transfers of " + date + " are in archives only; what they add up to was kept when the day was closed");
    }
    // first the watermark: whatever opened up to there has a row in the snapshot of the sums
    long watermark = LogAccess.watermark(connection);
    Map<Key, Turnover> turnovers = new HashMap<>();
    Map<Long, List<Turnover>> ofTail = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(TURNOVER)) {
      statement.setLong(1, day.from());
      statement.setLong(2, day.to());
      statement.setObject(3, date.date());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String glCode = row.getString(2);
          if (glCode == null) {
            ofTail.computeIfAbsent(row.getLong(3), account -> new ArrayList<>()).add(turnover("", row));
          } else {
            add(turnover(glCode, row), turnovers);
          }
        }
      }
    }
    if (!ofTail.isEmpty()) {
      addTail(watermark, ofTail, turnovers);
    }
    return turnovers.values().stream()
        .sorted(Comparator.comparing(Turnover::glCode).thenComparing(turnover -> turnover.asset().code()))
        .toList();
  }

  private void addTail(long watermark, Map<Long, List<Turnover>> ofTail, Map<Key, Turnover> turnovers)
      throws SQLException {
    for (LogRow row : new LogStore(assets).others(connection, watermark, Long.MAX_VALUE)) {
      if (row.entry() instanceof AccountOpened opened) {
        String glCode = ChartOfAccounts.glCodeOf(opened.account());
        List<Turnover> moved = ofTail.remove(opened.account().number().value());
        for (Turnover turnover : moved == null ? List.<Turnover>of() : moved) {
          add(turnover.of(glCode), turnovers);
        }
      }
    }
    if (!ofTail.isEmpty()) {
      throw new IllegalStateException("accounts " + ofTail.keySet() + " moved but were never opened");
    }
  }

  private Turnover turnover(String glCode, ResultSet row) throws SQLException {
    return new Turnover(glCode, assets.byId(row.getShort(1)), new BigInteger(row.getString(4)),
        new BigInteger(row.getString(5)));
  }

  private static void add(Turnover turnover, Map<Key, Turnover> turnovers) {
    turnovers.merge(new Key(turnover.glCode(), turnover.asset().code()), turnover, Turnover::plus);
  }

  /** The id of the instruction that opened the day, from which ids of what belongs to the day are derived. */
  UUID idOfDay(DayStretch day) throws SQLException {
    try (var statement = connection.prepareStatement("select id from ledger.log where seq = ?")) {
      statement.setLong(1, day.from());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    }
  }

  Optional<Journal> find(BusinessDate date) throws SQLException {
    try (var statement =
        connection.prepareStatement("select event_id, lines from ledger.journal where business_date = ?")) {
      statement.setObject(1, date.date());
      try (var row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Journal(row.getObject(1, UUID.class), date, JournalText.lines(row.getString(2), assets)))
            : Optional.empty();
      }
    }
  }

  /** False if the day has a journal already; waits for somebody who is just writing one. */
  boolean add(Journal journal) throws SQLException {
    try (var insert = connection.prepareStatement(
        "insert into ledger.journal (business_date, event_id, lines) values (?, ?, ?::jsonb) on conflict do nothing")) {
      insert.setObject(1, journal.date().date());
      insert.setObject(2, journal.eventId());
      insert.setString(3, JournalText.lines(journal));
      return insert.executeUpdate() == 1;
    }
  }
}
