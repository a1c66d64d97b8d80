-- Old ranges that leave the database for their archives: always the oldest that is attached.
alter table archive add column folder text;             -- where the file is; null: not noted yet
alter table archive add column detached_at timestamptz; -- null: the range is still in the log
alter table archive add column transfers bigint;        -- of a detached range
alter table archive add constraint detached_is_known
  check (detached_at is null or (folder is not null and transfers is not null));

-- Puts a slim table in the place of a range: what other entries, accounts and days refer to stays, and the rest is in
-- the archive only. Nobody reads or writes the log for a moment.
create function detach_log_range(first bigint) returns bigint language plpgsql as $$
declare
  leaf text := 'log_' || first;
  slim text := 'log_kept_' || first;
  transfers bigint;
  bounds text;
  definitions text[];
  definition text;
begin
  execute format('select count(*) from ledger.%I where kind = 1', leaf) into transfers;
  execute format('create table ledger.%I (like ledger.%I including defaults including constraints)', slim, leaf);
  execute format('insert into ledger.%1$I select * from ledger.%2$I where kind > 2 or reverses is not null '
    'or hold is not null or seq in (select min(seq) from ledger.%2$I union all select max(seq) from ledger.%2$I '
    'union all select max(seq) from (select debit as account, seq from ledger.%2$I where kind = 1 '
    'union all select credit, seq from ledger.%2$I where kind = 1) moved group by account)', slim, leaf);
  select array_agg(pg_get_indexdef(i.indexrelid)) into definitions from pg_index i
    where i.indrelid = format('ledger.%I', leaf)::regclass
      and not i.indisprimary and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid);
  lock table ledger.log in access exclusive mode;
  select pg_get_expr(relpartbound, oid) into strict bounds from pg_class
    where oid = format('ledger.%I', leaf)::regclass;
  execute format('alter table ledger.log detach partition ledger.%I', leaf);
  execute format('drop table ledger.%I', leaf);
  execute format('alter table ledger.%I rename to %I', slim, leaf);
  foreach definition in array definitions loop
    execute definition;
  end loop;
  execute format('create trigger log_is_append_only before update or delete or truncate on ledger.%I '
    'for each statement execute function ledger.log_is_append_only()', leaf);
  execute format('alter table ledger.log attach partition ledger.%I %s', leaf, bounds);
  return transfers;
end $$;

-- Without its row nobody would look into the file.
create trigger detached_stays_known before delete on archive
  for each row when (old.detached_at is not null) execute function log_is_append_only();
