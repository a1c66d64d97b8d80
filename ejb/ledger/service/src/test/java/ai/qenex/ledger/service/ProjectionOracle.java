package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.HoldStatus;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What is projected, recomputed slowly from the entries of the log, as sorted lines of text. */
final class ProjectionOracle {

  private final Map<Long, Account> accounts = new TreeMap<>();
  private final Map<Long, BigInteger> balances = new TreeMap<>();
  private final Map<Long, Long> lastSeqs = new TreeMap<>();
  private final Map<String, BigInteger> shifted = new TreeMap<>();
  private final Map<LocalDate, String> days = new TreeMap<>();
  private final TreeSet<String> lines = new TreeSet<>();
  private final Map<UUID, Hold> holds = new TreeMap<>();
  private final Map<UUID, Long> holdSeqs = new TreeMap<>();
  private LocalDate today;

  private ProjectionOracle() {}

  static List<String> expected(List<LedgerEntry> log) {
    var oracle = new ProjectionOracle();
    log.forEach(oracle::take);
    return oracle.lines();
  }

  private void take(LedgerEntry entry) {
    if (entry instanceof TransferPosted transfer) {
      move(transfer, transfer.debit().value(), transfer.amount().amount().negated());
      move(transfer, transfer.credit().value(), transfer.amount().amount());
      if (transfer.link().orElse(null) instanceof Link.Captures captures) {
        reserve(entry, holds.get(captures.hold()).capturedBy(transfer.amount().amount(), captures.heldAfter()));
      }
    } else if (entry instanceof AccountOpened opened) {
      accounts.put(opened.account().number().value(), opened.account());
      balances.put(opened.account().number().value(), BigInteger.ZERO);
      lastSeqs.put(opened.account().number().value(), entry.seq());
    } else if (entry instanceof AccountChanged changed) {
      accounts.put(changed.account().number().value(), changed.account());
      lastSeqs.put(changed.account().number().value(), entry.seq());
    } else if (entry instanceof HoldPlaced placed) {
      reserve(entry, placed.hold());
    } else if (entry instanceof HoldReleased released) {
      reserve(entry, holds.get(released.hold()).ended(HoldStatus.RELEASED));
    } else if (entry instanceof HoldExpired expired) {
      reserve(entry, holds.get(expired.hold()).ended(HoldStatus.EXPIRED));
    } else if (entry instanceof BusinessDateOpened opened) {
      today = opened.date().date();
      days.put(today, today + " opened " + entry.seq() + " closed ");
    } else if (entry instanceof PeriodClosed closed) {
      lines.add("period " + closed.through() + " " + closed.seq());
    } else if (entry instanceof BusinessDateClosed closed) {
      days.merge(closed.date().date(), Long.toString(entry.seq()), String::concat);
    }
  }

  private void reserve(LedgerEntry entry, Hold after) {
    holds.put(after.id(), after);
    holdSeqs.put(after.id(), entry.seq());
    lastSeqs.put(after.account().value(), entry.seq());
  }

  private String held(long account) {
    return holds.values().stream().filter(hold -> hold.account().value() == account)
        .map(hold -> hold.held().toBigInteger()).reduce(BigInteger.ZERO, BigInteger::add).toString();
  }

  private void move(TransferPosted transfer, long account, Amount amount) {
    balances.merge(account, amount.toBigInteger(), BigInteger::add);
    lastSeqs.put(account, transfer.seq());
    lines.add("posting " + account + " " + transfer.seq());
    if (!transfer.valueDate().equals(today) || !transfer.businessDate().date().equals(today)) {
      shifted.merge("shifted " + account + " " + today + " " + transfer.businessDate() + " " + transfer.valueDate(),
          amount.toBigInteger(), BigInteger::add);
    }
  }

  private List<String> lines() {
    accounts.forEach((number, account) -> lines.add("account " + number + " " + account.id() + " " + account.owner()
        + " " + account.status().code() + " " + account.overdraftLimit().map(Amount::toString).orElse("none") + " "
        + balances.get(number) + " " + held(number) + " " + lastSeqs.get(number)));
    holds.values().forEach(hold -> lines.add("hold " + hold.id() + " " + hold.account().value() + " " + hold.held()
        + " " + hold.captured() + " " + hold.status().code() + " " + holdSeqs.get(hold.id())));
    shifted.forEach((key, moved) -> lines.add(key + " " + moved));
    days.values().forEach(day -> lines.add("day " + day));
    return List.copyOf(lines);
  }

  /** What the tables hold, in the same words. */
  static List<String> kept(LedgerFixture ledger) {
    var lines = new TreeSet<String>();
    try (Connection connection = ledger.database().getConnection()) {
      for (String sql : List.of(
          "select 'account ' || concat_ws(' ', number, id, owner, status, coalesce(overdraft_limit::text, 'none'), "
              + "balance, held, last_seq) from ledger.account",
          "select 'period ' || through || ' ' || seq from ledger.period",
          "select 'hold ' || concat_ws(' ', id, account, held, captured, status, last_seq) from ledger.hold",
          "select 'shifted ' || concat_ws(' ', account, day, business_date, value_date, moved) from ledger.shifted",
          "select 'day ' || date || ' opened ' || opened_seq || ' closed ' || coalesce(closed_seq::text, '') "
              + "from ledger.business_day")) {
        lines.addAll(texts(connection, sql));
      }
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("select account, seq, offsets from ledger.posting")) {
        while (rows.next()) {
          var offsets = java.nio.ByteBuffer.wrap(rows.getBytes(3));
          while (offsets.hasRemaining()) {
            lines.add("posting " + rows.getLong(1) + " " + (rows.getLong(2) + offsets.getInt()));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return List.copyOf(lines);
  }

  static List<String> texts(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
