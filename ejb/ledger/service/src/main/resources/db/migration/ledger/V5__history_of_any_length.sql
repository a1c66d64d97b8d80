-- History of accounts with many postings: short posting lists, and balances of the past that read none of them.

-- What moved an account by transfers whose business date or value date is not the day they were booked on, which is the
-- latest day open at that point of the log. Summed up, so that it grows with the days and not with the transfers. With
-- it a balance by value date or business date is the running balance where the next day opens, and a sum over few rows.
create table shifted (
  account bigint not null,
  day date not null,                -- the latest day open when they were booked
  business_date date not null,
  value_date date not null,
  moved numeric not null,           -- credits less debits, in minor units
  entries bigint not null,          -- so many of them
  primary key (account, day, business_date, value_date)
);

insert into shifted (account, day, business_date, value_date, moved, entries)
  select case when side.pays then l.debit else l.credit end, d.day, l.business_date, l.value_date,
    sum(case when side.pays then -l.amount else l.amount end), count(*)
  from (select date as day, opened_seq, lead(opened_seq) over (order by opened_seq) as next_seq from business_day) d
  join log l on l.seq > d.opened_seq and (d.next_seq is null or l.seq < d.next_seq)
  cross join (values (true), (false)) side(pays)
  where l.kind = 1 and l.seq <= (select seq from projection where k = 1)
    and (l.business_date <> d.day or l.value_date <> d.day)
  group by 1, 2, 3, 4;

-- A list is stored in the row itself: long ones are cut, each piece with offsets to its own first entry.
do $$
declare
  list record;
  offsets bytea;
begin
  for list in select ctid, account, seq, posting.offsets from posting where length(posting.offsets) > 4 * 480 loop
    offsets := list.offsets || ''::bytea;
    insert into posting (account, seq, offsets)
      select list.account, list.seq + min(o), string_agg(int4send(o - first), ''::bytea order by o)
      from (
        select i / 480 as part, o, first_value(o) over (partition by i / 480 order by i) as first
        from (
          select i, get_byte(offsets, 4 * i) * 16777216 + get_byte(offsets, 4 * i + 1) * 65536
            + get_byte(offsets, 4 * i + 2) * 256 + get_byte(offsets, 4 * i + 3) as o
          from generate_series(0, length(offsets) / 4 - 1) i) entry) pieces
      group by part;
    delete from posting where ctid = list.ctid;
  end loop;
end $$;
comment on column posting.seq is
  'where the offsets count from: the list''s first entry, in lists written before version 5 that of their projection';

-- When days turned, without reading the log for it.
create index log_days on log (seq) where kind in (5, 6, 11);

-- Lists of a stretch of the log, for the check of its slices: they are written in about this order.
create index posting_seq on posting using brin (seq) with (pages_per_range = 16);

-- The projections being built anew from the log, beside those in use. To ask for it: update ledger.rebuild set state =
-- 'wanted'; the node that leads takes it up within seconds.
create table rebuild (
  k int primary key check (k = 1),
  state text not null check (state in ('none', 'wanted', 'running', 'done', 'failed')),
  seq bigint not null,              -- built up to this entry
  started_at timestamptz,
  finished_at timestamptz,
  failures int not null default 0,
  message text
);
insert into rebuild (k, state, seq) values (1, 'none', 0);

-- Projected: the periods for which the books are closed (LEDGER-8). That nothing is written into one is decided by the
-- writer, and looked for by the ledger check.
create table period (
  through date primary key,
  seq bigint not null,
  closed_at timestamptz not null
);
alter table log add constraint period_closing_moves_nothing check (kind <> 11 or detail is not null);
