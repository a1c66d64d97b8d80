package ai.qenex.ledger.service;

/**
 * HOLD-1 and REVERSAL-1 as queries for their breaches. What is looked up for an entry is looked up by index, entry by
 * entry: few entries have to do with holds or reversals, and a plan that reads the whole log for them must not come up.
 */
final class MoveLaws {

  /** Over the entries behind {@code %1$d} up to {@code %2$d}: a hold gives what it has, as the entry before left it. */
  static final String HOLDS = """
      select 'entry ' || l.seq || ' takes ' || l.amount || ' from hold ' || l.hold || ', which reserves '
        || coalesce(b.held::text, 'nothing')
      from ledger.log l left join lateral (
        select p.held from ledger.log p where p.hold is not null and p.hold = l.hold and p.seq < l.seq
        order by p.seq desc limit 1) b on true
      where l.seq > %1$d and l.seq <= %2$d and l.hold is not null and l.kind <> 7
        and (b.held is null or l.amount > b.held or (l.kind = 1 and l.held <> 0 and l.held <> b.held - l.amount)
          or (l.kind <> 1 and l.amount <> b.held))
      """;

  /** Over the same entries: a reversal undoes a transfer, and no other does. */
  static final String REVERSALS = """
      select 'entry ' || l.seq || ' does not undo transfer ' || l.reverses || ' as it was, or not alone'
      from ledger.log l left join lateral (
        select o.debit, o.credit, o.amount from ledger.log o
        where o.id = l.reverses and o.kind = 1 and o.reverses is null limit 1) o on true
      where l.seq > %1$d and l.seq <= %2$d and l.reverses is not null
        and (o.debit is null and not exists (select from ledger.archive where detached_at is not null)
          or o.debit <> l.credit or o.credit <> l.debit or o.amount <> l.amount
          or (select count(*) from ledger.log p where p.reverses is not null and p.reverses = l.reverses) > 1)
      """;

  /** Over the same entries: reversals of transfers that are not in the log. */
  static final String REVERSALS_OF_ARCHIVED = """
      select %3$s from ledger.log l where l.seq > %1$d and l.seq <= %2$d and l.reverses is not null and l.kind = 1
        and exists (select from ledger.archive where detached_at is not null)
        and not exists (select from ledger.log o where o.id = l.reverses)
      """;

  /** As the projection keeps it: an account holds what its open holds reserve. */
  static final String HELD = """
      select 'account ' || coalesce(a.number, h.account) || ' is kept at ' || coalesce(a.held, 0)
        || ' held, but its open holds reserve ' || coalesce(h.held, 0)
      from (select number, held from ledger.account where held <> 0) a
      full join (select account, sum(held) as held from ledger.hold where status = 'open' group by account) h
        on h.account = a.number
      where a.held is distinct from h.held
      """;

  private MoveLaws() {}
}
