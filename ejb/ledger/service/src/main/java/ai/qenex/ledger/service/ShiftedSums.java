package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds to {@code shifted} what moved accounts under other dates than the day it was booked on: the exception, summed up
 * per account and dates.
 */
final class ShiftedSums {

  private static final String ADD = """
      insert into shifted as s (account, day, business_date, value_date, moved, entries)
      select * from unnest(?::bigint[], ?::date[], ?::date[], ?::date[], ?::numeric[], ?::bigint[])
      on conflict (account, day, business_date, value_date)
      do update set moved = s.moved + excluded.moved, entries = s.entries + excluded.entries
      """;

  private final Map<Dates, Sum> sums = new TreeMap<>();

  /** @param day the latest day open when it was booked */
  record Dates(long account, LocalDate day, LocalDate businessDate, LocalDate valueDate) implements Comparable<Dates> {

    private static final Comparator<Dates> ORDER = Comparator.comparingLong(Dates::account).thenComparing(Dates::day)
        .thenComparing(Dates::businessDate).thenComparing(Dates::valueDate);

    boolean isShifted() {
      return !businessDate.equals(day) || !valueDate.equals(day);
    }

    @Override
    public int compareTo(Dates other) {
      return ORDER.compare(this, other);
    }
  }

  private record Sum(BigInteger moved, long entries) {

    Sum plus(Sum other) {
      return new Sum(moved.add(other.moved), entries + other.entries);
    }
  }

  /** @param moved below zero for a debit */
  void add(Dates dates, Amount moved) {
    if (dates.isShifted()) {
      sums.merge(dates, new Sum(moved.toBigInteger(), 1), Sum::plus);
    }
  }

  void write(Connection connection) throws SQLException {
    if (sums.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setArray(1, connection.createArrayOf("int8", sums.keySet().stream().map(Dates::account).toArray()));
      insert.setArray(2, connection.createArrayOf("date", sums.keySet().stream().map(Dates::day).toArray()));
      insert.setArray(3, connection.createArrayOf("date", sums.keySet().stream().map(Dates::businessDate).toArray()));
      insert.setArray(4, connection.createArrayOf("date", sums.keySet().stream().map(Dates::valueDate).toArray()));
      insert.setArray(5, connection.createArrayOf("numeric",
          sums.values().stream().map(sum -> new BigDecimal(sum.moved)).toArray()));
      insert.setArray(6, connection.createArrayOf("int8", sums.values().stream().map(Sum::entries).toArray()));
      insert.executeUpdate();
    }
  }
}
