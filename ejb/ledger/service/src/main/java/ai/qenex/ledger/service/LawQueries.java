package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import ai.qenex.ledger.engine.LogRow;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The ledger's laws as queries for their breaches, over stretches of the log and all accounts. */
final class LawQueries {

  /** So many breaches of one law are told. */
  private static final int TOLD = 5;

  private static final String RUNNING_BALANCES = """
      with moves as materialized (
        select l.seq, case when side.pays then l.debit else l.credit end as account,
          case when side.pays then -l.amount else l.amount end as moved,
          case when side.pays then l.debit_balance else l.credit_balance end as balance
        from ledger.log l cross join (values (true), (false)) side(pays)
        where l.seq > %1$d and l.seq <= %2$d and l.kind = 1),
      steps as (
        select account, seq, moved, balance, lag(balance) over (partition by account order by seq) as before from moves)
      select 'entry ' || s.seq || ' leaves account ' || s.account || ' at ' || s.balance
        || ', which its movement does not make of the balance before'
      from steps s left join lateral (
        -- before its first step an account stood where its newest posting up to what is proven left it
        select case when l.debit = s.account then l.debit_balance else l.credit_balance end as balance
        from (
          select max(case when p.last <= %1$d then p.last else (
            select max(p.seq + get_byte(p.offsets, 4 * i) * 16777216 + get_byte(p.offsets, 4 * i + 1) * 65536
              + get_byte(p.offsets, 4 * i + 2) * 256 + get_byte(p.offsets, 4 * i + 3))
            filter (where p.seq + get_byte(p.offsets, 4 * i) * 16777216 + get_byte(p.offsets, 4 * i + 1) * 65536
              + get_byte(p.offsets, 4 * i + 2) * 256 + get_byte(p.offsets, 4 * i + 3) <= %1$d)
            from generate_series(0, length(p.offsets) / 4 - 1) i) end) as seq
          from (
            select seq, offsets,
              seq + ('x' || encode(substring(offsets from length(offsets) - 3), 'hex'))::bit(32)::int as last
            from ledger.posting
            where s.before is null and %1$d > 0 and account = s.account and seq <= %1$d
            order by seq desc limit 2) p) newest
        join ledger.log l on l.seq = newest.seq) base on true
      where s.balance <> coalesce(s.before, base.balance, 0) + s.moved
      """;

  private static final String TIMES = """
      select 'entry ' || seq || ' is booked before the entry it follows'
      from (select seq, booked_at, lag(booked_at) over (order by seq) as before from ledger.log
        where seq >= %1$d and seq <= %2$d) t
      where booked_at < before
      """;

  private static final String FLOORS = """
      select 'entry ' || seq || ' takes account ' || debit || ' below its floor'
      from ledger.log where seq > %1$d and seq <= %2$d and debit_balance < debit_floor
      """;

  private static final String SNAPSHOTS = """
      select 'account ' || a.number || ' is kept at ' || a.balance || ' but entry ' || l.seq || ' left it at '
        || coalesce(m.balance::text, 'nothing: it moved others')
      from ledger.account a join ledger.log l on l.seq = a.last_seq and l.kind = 1
      cross join lateral (
        select case a.number when l.debit then l.debit_balance when l.credit then l.credit_balance end as balance) m
      where a.last_seq > %1$d and a.last_seq <= %2$d and a.balance is distinct from m.balance
      """;

  private static final String ACCOUNTS = """
      select 'account ' || number || ' is ' || status || ' at ' || balance
      from ledger.account where balance - held < -overdraft_limit or (status = 'closed' and (balance <> 0 or held <> 0))
      """;

  /** Periods as they are kept, against the entries that closed them. */
  private static final String PERIODS = """
      select 'the period up to ' || coalesce(k.through, l.through) || ' is kept otherwise than the log closed it'
      from ledger.period k full join (
        select (detail ->> 'date')::date as through, seq from ledger.log where kind = 11 and seq <= %1$d) l
        on l.through = k.through
      where k.seq is distinct from l.seq
      """;

  /** What was written into a period behind the entry that closed it. */
  private static final String CLOSED = """
      select 'entry ' || l.seq || ' is of ' || l.business_date || ' and value-dated ' || l.value_date
        || ', though all was closed up to ' || p.through
      from (select (detail ->> 'date')::date as through, seq from ledger.log where kind = 11)
        p
      join ledger.log l on l.seq > p.seq and l.seq > %1$d and l.seq <= %2$d and l.kind = 1
        and (l.value_date <= p.through or l.business_date <= p.through)
      """;

  /** Holds as they are kept, against the entries that placed, captured or ended them. */
  private static final String HOLDS = """
      select 'hold ' || l.hold || ' is kept otherwise than entry ' || max(l.seq) || ' left it'
      from ledger.log l left join ledger.hold h on h.id = l.hold
      where l.seq > %1$d and l.seq <= least(%2$d, (select seq from ledger.projection where k = 1))
        and l.hold is not null
      group by l.hold, h.last_seq, h.held, h.captured
      having h.last_seq is null or h.last_seq < max(l.seq)
        or h.last_seq = max(l.seq) and (h.held <> (array_agg(l.held order by l.seq desc))[1] or h.captured <> (
          select coalesce(sum(c.amount), 0) from ledger.log c where c.hold = l.hold and c.kind = 1
            and c.seq <= (select seq from ledger.projection where k = 1)))
      """;

  /** What holds were placed for, against the entries that placed them. */
  private static final String PLACED = """
      select 'hold ' || l.id || ' is kept for another amount or account than entry ' || l.seq || ' placed it for'
      from ledger.log l left join ledger.hold h on h.id = l.id
      where l.seq > %1$d and l.seq <= least(%2$d, (select seq from ledger.projection where k = 1)) and l.kind = 7
        and (h.placed is distinct from l.amount or h.account is distinct from l.debit)
      """;

  /** Balances now: as kept at the watermark, unless the tail moved the account since. */
  private static final String SUMS = """
      with tail as (
        select distinct on (account) account, balance, asset from (
          select l.seq, l.asset, case when side.pays then l.debit else l.credit end as account,
            case when side.pays then l.debit_balance else l.credit_balance end as balance
          from ledger.log l cross join (values (true), (false)) side(pays)
          where l.seq > %1$d and l.kind = 1) moves
        order by account, seq desc),
      now as (
        select coalesce(t.asset, a.asset) as asset, coalesce(t.balance, a.balance) as balance
        from ledger.account a full join tail t on t.account = a.number)
      select s.code, s.scale, coalesce(sum(now.balance), 0)
      from ledger.asset s left join now on now.asset = s.id group by s.code, s.scale order by s.code
      """;

  /** Accounts as they are kept, against the last of their postings. */
  private static final String KEPT = """
      with chosen as (select * from ledger.account where number > %1$d order by number limit %2$d)
      select a.number, case when a.balance is distinct from coalesce(m.balance, 0)
        then 'account ' || a.number || ' is kept at ' || a.balance || ' but its last transfer '
          || coalesce(newest.seq::text, '(none)') || ' left it at ' || coalesce(m.balance, 0) end
      from chosen a left join lateral (
        select p.seq + ('x' || encode(substring(p.offsets from length(p.offsets) - 3), 'hex'))::bit(32)::int as seq
        from ledger.posting p where p.account = a.number order by p.seq desc limit 1) newest on true
      left join ledger.log l on l.seq = newest.seq and l.kind = 1
      left join lateral (
        select case a.number when l.debit then l.debit_balance when l.credit then l.credit_balance end as balance) m
        on true
      """;

  /** Days as they are kept, against the entries that opened and closed them. */
  private static final String DAYS = """
      select 'business date ' || coalesce(k.date, l.date) || ' is kept otherwise than the log opened and closed it'
      from ledger.business_day k full join (
        select (detail ->> 'date')::date as date, min(seq) filter (where kind = 5) as opened_seq,
          min(seq) filter (where kind = 6) as closed_seq
        from ledger.log where kind in (5, 6) and seq <= %1$d group by 1) l on l.date = k.date
      where k.date is null or l.date is null or k.opened_seq is distinct from l.opened_seq
        or k.closed_seq is distinct from l.closed_seq
      """;

  /** What is summed up under other dates, against the transfers booked on some days. */
  private static final String SHIFTED = """
      with chosen as (
        select * from (select date as day, opened_seq, lead(opened_seq) over (order by date) as next
          from ledger.business_day) days
        where opened_seq > (select coalesce(max(last_seq), 0) from ledger.archive where detached_at is not null)
          and day > '%2$s' order by day limit %3$d),
      moved as (
        select case when side.pays then l.debit else l.credit end as account, d.day, l.business_date, l.value_date,
          sum(case when side.pays then -l.amount else l.amount end) as moved, count(*) as entries
        from chosen d join ledger.log l on l.seq > d.opened_seq and l.seq < coalesce(d.next, %1$d + 1) and l.seq <= %1$d
          and l.kind = 1 and (l.business_date <> d.day or l.value_date <> d.day)
        cross join (values (true), (false)) side(pays) group by 1, 2, 3, 4),
      breaches as (
        select 'account ' || account || ' on ' || day || ' is kept with ' || coalesce(s.moved, 0)
          || ' under other dates, where its transfers make ' || coalesce(m.moved, 0) as breach
        from (select * from ledger.shifted where day in (select day from chosen)) s
        full join moved m using (account, day, business_date, value_date)
        where s.moved is distinct from m.moved or s.entries is distinct from m.entries
        limit %4$d)
      select max(day), count(*), (select array_agg(breach) from breaches) from chosen
      """;

  /** So many account rows are compared at once. */
  private static final int ACCOUNTS_AT_ONCE = 20_000;

  private final Connection connection;
  private final long watermark;

  LawQueries(Connection connection, long watermark) {
    this.connection = connection;
    this.watermark = watermark;
  }

  /** One sentence per breach of what holds for the accounts as they are kept. */
  List<String> violations() throws SQLException {
    var violations = new ArrayList<String>();
    if (watermark > LogAccess.figure(connection, "select seq from ledger.writer where k = 1")) {
      violations.add("the projection is at entry " + watermark + ", which is not written yet");
    }
    violations.addAll(
        breaches(List.of(ACCOUNTS, MoveLaws.HELD, DAYS.formatted(watermark), PERIODS.formatted(watermark))));
    return violations;
  }

  /**
   * One sentence per breach by the entries behind {@code from} up to and including {@code to}.
   */
  List<String> violations(long from, long to) throws SQLException {
    var violations = breaches(
        Stream.of(RUNNING_BALANCES, TIMES, FLOORS, SNAPSHOTS, MoveLaws.HOLDS, MoveLaws.REVERSALS, HOLDS,
            PLACED, CLOSED).map(law -> law.formatted(from, to)).toList());
    violations.addAll(reversalsOfArchived(from, to));
    return violations;
  }

  /** REVERSAL-1 where what was undone left the database. */
  private List<String> reversalsOfArchived(long from, long to) throws SQLException {
    var log = new LogStore(AssetTable.load(connection));
    var reversals = new HashMap<UUID, TransferPosted>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(MoveLaws.REVERSALS_OF_ARCHIVED.formatted(from, to, LogStore.COLUMNS))) {
      while (rows.next()) {
        var reversal = (TransferPosted) log.read(rows).entry();
        reversals.put(((Link.Reverses) reversal.link().orElseThrow()).transfer(), reversal);
      }
    }
    var violations = new ArrayList<String>();
    if (!reversals.isEmpty()) {
      Map<UUID, LogRow> undone;
      try {
        undone = new ArchivedLog(connection).find(reversals.keySet());
      } catch (ArchiveUnreadableException e) {
        // no breach of a law; that the archive cannot be read is told by BookProof.withArchives
        return violations;
      }
      reversals.forEach((id, reversal) -> {
        LogRow row = undone.get(id);
        if (row == null || !(row.entry() instanceof TransferPosted transfer) || transfer.link().isPresent()
            || !transfer.debit().equals(reversal.credit()) || !transfer.credit().equals(reversal.debit())
            || !transfer.amount().equals(reversal.amount())) {
          violations.add("entry " + reversal.seq() + " does not undo transfer " + id + " as it was");
        }
      });
    }
    return violations;
  }

  /** @param last the next look begins behind this account number */
  record Accounts(List<String> violations, long last) {}

  /** Compares account rows with their last postings: so many, or all. */
  Accounts accountsBehind(long number, boolean all) throws SQLException {
    var violations = new ArrayList<String>();
    long last = number;
    int count;
    do {
      count = 0;
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(KEPT.formatted(last, ACCOUNTS_AT_ONCE))) {
        while (rows.next()) {
          count++;
          last = Math.max(last, rows.getLong(1));
          if (rows.getString(2) != null && violations.size() < TOLD) {
            violations.add(rows.getString(2));
          }
        }
      }
    } while (all && count == ACCOUNTS_AT_ONCE);
    return new Accounts(violations, count < ACCOUNTS_AT_ONCE ? 0 : last);
  }

  /** @param last the next look begins behind this day; empty: from the first */
  record Days(List<String> violations, Optional<LocalDate> last) {}

  /** Compares what is summed up under other dates with the transfers of the days behind one: so many days. */
  Days daysBehind(Optional<LocalDate> day, int days) throws SQLException {
    String sql = SHIFTED.formatted(watermark, day.orElse(LocalDate.EPOCH), days, TOLD);
    try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
      row.next();
      Array told = row.getArray(3);
      return new Days(told == null ? List.of() : List.of((String[]) told.getArray()),
          row.getInt(2) < days ? Optional.empty() : Optional.of(row.getObject(1, LocalDate.class)));
    }
  }

  private List<String> breaches(List<String> laws) throws SQLException {
    var breaches = new ArrayList<String>();
    try (var statement = connection.createStatement()) {
      statement.execute("set local work_mem = '128MB'");
      for (String law : laws) {
        try (var rows = statement.executeQuery(law + " limit " + TOLD)) {
          while (rows.next()) {
            breaches.add(rows.getString(1));
          }
        }
      }
    }
    return breaches;
  }

  /** @param total in minor units; a broken ledger may need more digits than an amount has */
  record Sum(Asset asset, BigInteger total) {

    /** The total, or the largest amount of its sign. */
    Money money() {
      BigInteger largest = BigInteger.TEN.pow(Amount.MAX_DIGITS).subtract(BigInteger.ONE);
      return new Money(Amount.of(total.min(largest).max(largest.negate())), asset);
    }
  }

  /** Per asset the sum over all accounts, by code. */
  List<Sum> sums() throws SQLException {
    var sums = new ArrayList<Sum>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(SUMS.formatted(watermark))) {
      while (rows.next()) {
        sums.add(new Sum(new Asset(rows.getString(1), rows.getInt(2)), rows.getBigDecimal(3).toBigIntegerExact()));
      }
    }
    return sums;
  }
}
