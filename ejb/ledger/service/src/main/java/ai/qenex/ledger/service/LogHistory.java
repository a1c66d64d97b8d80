package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Page;
import ai.qenex.ledger.AccountHistory;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.HistoryOrder;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.Span;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.seal.TransferLeaf;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * What happened, read from posting lists and log, as fresh as the last commit: see {@link AccountEntries}.
 */
public final class LogHistory implements LedgerHistory {

  private static final int IDS_AT_ONCE = 5_000;
  private static final int TRANSFERS_AT_ONCE = 5_000;

  private static final AccountHistory.Selection NEWEST_FIRST =
      new AccountHistory.Selection(new Span.Whole(), HistoryOrder.NEWEST_FIRST);

  private final LogAccess access;
  private final RecentTransfers recent;
  private final AccountHistory pages;

  public LogHistory(DataSource database) {
    this(database, new RecentTransfers());
  }

  LogHistory(DataSource database, RecentTransfers recent) {
    this.access = new LogAccess(database);
    this.recent = recent;
    this.pages = new PagedHistory(database, recent);
  }

  @Override
  public Optional<LedgerEntry> find(UUID id) {
    return findAll(List.of(id)).stream().findFirst();
  }

  @Override
  public List<LedgerEntry> findAll(List<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return access.answer(connection -> {
      var found = new ArrayList<LedgerEntry>();
      List<UUID> distinct = ids.stream().distinct().toList();
      for (int from = 0; from < distinct.size(); from += IDS_AT_ONCE) {
        List<UUID> some = distinct.subList(from, Math.min(from + IDS_AT_ONCE, distinct.size()));
        access.log(connection).find(connection, some).values().stream().map(LogRow::entry).forEach(found::add);
      }
      found.sort(Comparator.comparingLong(LedgerEntry::seq));
      return found;
    });
  }

  @Override
  public Page<TransferPosted> transfersOf(AccountNumber account, int limit, Optional<String> cursor) {
    return pages.page(account, NEWEST_FIRST, limit, cursor);
  }

  @Override
  public List<AccountNumber> accountsMovedOn(BusinessDate date) {
    return access.answer(connection -> {
      Optional<DayStretch> day = DayStretch.of(date, connection);
      return day.isEmpty() ? List.of() : accountsMoved(connection, access.log(connection), day.get(), date);
    });
  }

  private static List<AccountNumber> accountsMoved(Connection connection, LogStore log, DayStretch day,
      BusinessDate date) throws SQLException {
    long archived = new ArchivedLog(connection).end();
    if (day.from() < archived) {
      var accounts = new TreeSet<>(Comparator.comparingLong(AccountNumber::value));
      log.scan(connection, day.from(), day.to() - 1, row -> {
        if (row.entry() instanceof TransferPosted transfer && transfer.businessDate().equals(date)) {
          accounts.add(transfer.debit());
          accounts.add(transfer.credit());
        }
      });
      return List.copyOf(accounts);
    }
    String sql = "select distinct case when side.pays then l.debit else l.credit end from ledger.log l "
        + "cross join (values (true), (false)) side(pays) "
        + "where l.seq > ? and l.seq < ? and l.kind = 1 and l.business_date = ? order by 1";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, day.from());
      statement.setLong(2, day.to());
      statement.setObject(3, date.date());
      try (var rows = statement.executeQuery()) {
        var accounts = new ArrayList<AccountNumber>();
        while (rows.next()) {
          accounts.add(new AccountNumber(rows.getLong(1)));
        }
        return accounts;
      }
    }
  }

  @Override
  public void transfersOn(BusinessDate date, AccountNumber account, Consumer<TransferPosted> receiver) {
    Optional<Slice> slice = access.answer(connection -> {
      Optional<DayStretch> day = DayStretch.of(date, connection);
      return day.isEmpty() ? Optional.empty() : Optional.of(slice(connection, account.value(), day.get()));
    });
    // no connection is held while the receiver works: it may want one itself
    while (slice.isPresent()) {
      slice.get().transfers.stream().filter(transfer -> transfer.businessDate().equals(date)).forEach(receiver);
      Optional<DayStretch> rest = slice.get().rest;
      slice = rest.map(day -> access.answer(connection -> slice(connection, account.value(), day)));
    }
  }

  /** @param rest what is still to be read, empty if that was all */
  private record Slice(List<TransferPosted> transfers, Optional<DayStretch> rest) {}

  private Slice slice(Connection connection, long account, DayStretch day) throws SQLException {
    long[] entries =
        new AccountEntries(connection, recent, account).oldest(day.from(), day.to(), TRANSFERS_AT_ONCE);
    List<TransferPosted> transfers = new TransferStore(connection, access.log(connection)).bySeq(entries);
    return new Slice(transfers, transfers.size() < TRANSFERS_AT_ONCE
        ? Optional.empty()
        : Optional.of(new DayStretch(transfers.get(transfers.size() - 1).seq(), day.to())));
  }

  @Override
  public String hashOf(TransferPosted transfer) {
    return TransferLeaf.hash(transfer);
  }
}
