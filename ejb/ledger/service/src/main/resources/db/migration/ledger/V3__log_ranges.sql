-- The log in ranges of seq: each is a table of its own, so that an old one can be detached and kept elsewhere, and the
-- indexes that are written stay as small as one range. What was written before becomes the first range.
--
-- An id is unique within a range by its index; across ranges the writer asks the log for every id that is not certainly
-- new before it decides (LEDGER-5).

drop view transfer;
alter table log rename to log_1;

-- The primary key keeps its name on the first range, so that of the whole has another.
create table log (like log_1 including defaults including constraints including comments,
  constraint log_seq_once primary key (seq)) partition by range (seq);

do $$
declare
  range_entries constant bigint := 10000000;
  last bigint;
begin
  select (coalesce(max(seq), 0) / range_entries + 1) * range_entries into last from ledger.log_1;
  execute format('alter table ledger.log attach partition ledger.log_1 for values from (minvalue) to (%s)', last + 1);
  create table ledger.log_range (
    first_seq bigint primary key,   -- the range is the table log_<first_seq>
    last_seq bigint not null,
    constraint log_range_has_entries check (last_seq >= first_seq)
  );
  insert into ledger.log_range (first_seq, last_seq) values (1, last);
end $$;

create trigger log_is_append_only before update or delete or truncate on log
  for each statement execute function log_is_append_only();

create view transfer as
  select seq, id, booked_at, asset, debit, credit, amount, debit_balance, credit_balance, business_date, value_date,
    reference
  from log where kind = 1;

-- Rows never change, so there is nothing to clean up while a range is written: a full one is frozen once.
alter table log_1 set (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 1);

-- Adds the next range: a table with the constraints of the log, the indexes of the range before it and its trigger.
create function add_log_range(range_entries bigint) returns bigint language plpgsql as $$
declare
  before bigint;
  first bigint;
  leaf text;
  definition text;
begin
  -- readers go on; another one that adds waits, and adds another range
  lock table ledger.log_range in share row exclusive mode;
  select first_seq, last_seq + 1 into strict before, first from ledger.log_range order by first_seq desc limit 1;
  leaf := 'log_' || first;
  execute format('create table ledger.%I (like ledger.log including defaults including constraints including indexes) '
    'with (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 1)', leaf);
  for definition in
    select regexp_replace(pg_get_indexdef(i.indexrelid), ' INDEX (log_(\d+_)?)(\S+) ON (ONLY )?\S+ ',
      format(' INDEX %s_\3 ON ledger.%s ', leaf, leaf))
    from pg_index i
    where i.indrelid = format('ledger.%I', 'log_' || before)::regclass
      and not i.indisprimary and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
  loop
    execute definition;
  end loop;
  execute format('create trigger log_is_append_only before update or delete or truncate on ledger.%I '
    'for each statement execute function ledger.log_is_append_only()', leaf);
  execute format('alter table ledger.log attach partition ledger.%I for values from (%s) to (%s)',
    leaf, first, first + range_entries);
  execute format('alter table ledger.%I reset (autovacuum_vacuum_insert_threshold)', 'log_' || before);
  insert into ledger.log_range (first_seq, last_seq) values (first, first + range_entries - 1);
  return first;
end $$;
