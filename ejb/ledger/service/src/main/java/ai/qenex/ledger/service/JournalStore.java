package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.GeneralLedger.Journal;
import ai.qenex.ledger.GeneralLedger.Line;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.engine.LogRow;
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

  /** The lines of the day, sorted by GL code and asset. */
  List<Line> turnover(BusinessDate date, DayStretch day) throws SQLException {
    // first the watermark: whatever opened up to there has a row in the snapshot of the sums
    long watermark = LogAccess.watermark(connection);
    Map<Key, Line> lines = new HashMap<>();
    Map<Long, List<Line>> ofTail = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(TURNOVER)) {
      statement.setLong(1, day.from());
      statement.setLong(2, day.to());
      statement.setObject(3, date.date());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String glCode = row.getString(2);
          if (glCode == null) {
            ofTail.computeIfAbsent(row.getLong(3), account -> new ArrayList<>()).add(line("", row));
          } else {
            add(line(glCode, row), lines);
          }
        }
      }
    }
    if (!ofTail.isEmpty()) {
      addTail(watermark, ofTail, lines);
    }
    return lines.values().stream()
        .sorted(Comparator.comparing(Line::glCode).thenComparing(line -> line.debits().asset().code())).toList();
  }

  private void addTail(long watermark, Map<Long, List<Line>> ofTail, Map<Key, Line> lines) throws SQLException {
    for (LogRow row : new LogStore(assets).others(connection, watermark, Long.MAX_VALUE)) {
      if (row.entry() instanceof AccountOpened opened) {
        String glCode = ChartOfAccounts.glCodeOf(opened.account());
        for (Line line : Optional.ofNullable(ofTail.remove(opened.account().number().value())).orElse(List.of())) {
          add(new Line(glCode, line.debits(), line.credits()), lines);
        }
      }
    }
    if (!ofTail.isEmpty()) {
      throw new IllegalStateException("accounts " + ofTail.keySet() + " moved but were never opened");
    }
  }

  private Line line(String glCode, ResultSet row) throws SQLException {
    Asset asset = assets.byId(row.getShort(1));
    return new Line(glCode, money(row.getString(4), asset), money(row.getString(5), asset));
  }

  private static Money money(String minorUnits, Asset asset) {
    return new Money(Amount.ofMinorUnits(minorUnits), asset);
  }

  private static void add(Line line, Map<Key, Line> lines) {
    lines.merge(new Key(line.glCode(), line.debits().asset().code()), line, (one, other) -> new Line(
        one.glCode(), one.debits().plus(other.debits()), one.credits().plus(other.credits())));
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
