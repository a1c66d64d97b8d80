package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Debits and credits per business date, GL code and asset. Those of a closed day never change: they are added up once
 * and kept, so that no question about the past reads the log again. Days that still take postings are added up when
 * they are asked for.
 */
final class DaySums {

  private static final String UNSUMMED = """
      select d.date, bool_or(d.closed) from (
        select date, closed_seq is not null as closed from ledger.business_day
        union all
        select (detail ->> 'date')::date, kind = 6 from ledger.log
        where seq > (select seq from ledger.projection where k = 1) and kind in (5, 6)) d
      where not exists (select from ledger.gl_day_summed s where s.business_date = d.date)
      group by 1 order by 1
      """;

  private final Connection connection;
  private final AssetTable assets;

  DaySums(Connection connection) throws SQLException {
    this.connection = connection;
    this.assets = AssetTable.load(connection);
  }

  /** What moved on a GL code. */
  record Moved(BigInteger debits, BigInteger credits) {

    static final Moved NOTHING = new Moved(BigInteger.ZERO, BigInteger.ZERO);

    Moved plus(Moved other) {
      return new Moved(debits.add(other.debits), credits.add(other.credits));
    }
  }

  /** Whether the day was opened, and is closed. */
  enum Life {
    NEVER_OPENED, OPEN, CLOSED
  }

  Life lifeOf(BusinessDate date) throws SQLException {
    if (isSummed(date)) {
      return Life.CLOSED;
    }
    Boolean closed = unsummed().get(date);
    return closed == null ? Life.NEVER_OPENED : closed ? Life.CLOSED : Life.OPEN;
  }

  /** Adds up the closed days that are not yet; each one once, whoever asks. */
  void sumClosed() throws SQLException {
    for (var day : unsummed().entrySet()) {
      if (day.getValue() && claim(day.getKey())) {
        store(day.getKey(), live(day.getKey()));
      }
    }
  }

  /** What moved on a day by GL code. */
  SortedMap<String, Moved> of(BusinessDate date, Asset asset) throws SQLException {
    SortedMap<String, Moved> sums = new TreeMap<>();
    if (isSummed(date)) {
      addStored("business_date = ?", date, asset, sums);
    } else {
      addLive(date, asset, sums);
    }
    return sums;
  }

  /** What moved on all days before by GL code. */
  SortedMap<String, Moved> before(BusinessDate date, Asset asset) throws SQLException {
    SortedMap<String, Moved> sums = new TreeMap<>();
    // what is unsummed is asked first: a day that is summed meanwhile is then not counted twice
    List<BusinessDate> unsummed = new ArrayList<>(unsummed().headMap(date).keySet());
    addStored("business_date < ?", date, asset, sums);
    for (BusinessDate day : unsummed) {
      addLive(day, asset, sums);
    }
    return sums;
  }

  private boolean isSummed(BusinessDate date) throws SQLException {
    try (var statement =
        connection.prepareStatement("select exists (select from ledger.gl_day_summed where business_date = ?)")) {
      statement.setObject(1, date.date());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** The days without sums, and whether they are closed. */
  private SortedMap<BusinessDate, Boolean> unsummed() throws SQLException {
    SortedMap<BusinessDate, Boolean> days = new TreeMap<>();
    try (var statement = connection.createStatement(); var row = statement.executeQuery(UNSUMMED)) {
      while (row.next()) {
        days.put(new BusinessDate(row.getObject(1, LocalDate.class)), row.getBoolean(2));
      }
    }
    return days;
  }

  private List<Turnover> live(BusinessDate date) throws SQLException {
    return new JournalStore(connection).turnovers(date, DayStretch.of(date, connection).orElseThrow());
  }

  private void addLive(BusinessDate date, Asset asset, SortedMap<String, Moved> sums) throws SQLException {
    for (Turnover turnover : live(date)) {
      if (turnover.asset().equals(asset)) {
        sums.merge(turnover.glCode(), new Moved(turnover.debits(), turnover.credits()), Moved::plus);
      }
    }
  }

  private void addStored(String days, BusinessDate date, Asset asset, SortedMap<String, Moved> sums)
      throws SQLException {
    String sql = "select gl_code, sum(debits), sum(credits) from ledger.gl_day where " + days
        + " and asset = ? group by 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, date.date());
      statement.setShort(2, assets.idOf(asset));
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          var moved = new Moved(row.getBigDecimal(2).toBigIntegerExact(), row.getBigDecimal(3).toBigIntegerExact());
          sums.merge(row.getString(1), moved, Moved::plus);
        }
      }
    }
  }

  /** False if somebody else adds up the day, or did; waits for him. */
  private boolean claim(BusinessDate date) throws SQLException {
    try (var statement = connection.prepareStatement(
        "insert into ledger.gl_day_summed (business_date) values (?) on conflict do nothing")) {
      statement.setObject(1, date.date());
      return statement.executeUpdate() == 1;
    }
  }

  private void store(BusinessDate date, List<Turnover> turnovers) throws SQLException {
    try (var statement = connection.prepareStatement(
        "insert into ledger.gl_day (business_date, asset, gl_code, debits, credits) values (?, ?, ?, ?, ?)")) {
      for (Turnover turnover : turnovers) {
        statement.setObject(1, date.date());
        statement.setShort(2, assets.idOf(turnover.asset()));
        statement.setString(3, turnover.glCode());
        statement.setBigDecimal(4, new BigDecimal(turnover.debits()));
        statement.setBigDecimal(5, new BigDecimal(turnover.credits()));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
