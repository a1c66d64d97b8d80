-- A detached range can come back from its archive, and the first range of an empty log takes the size that is set.
alter table archive add column attached_at timestamptz; -- when the range last came back

-- A table for the entries of a detached range. What stayed of it is in there; the caller copies the others into it.
create function begin_log_range_again(first bigint) returns void language plpgsql as $$
declare
  slim text := 'log_' || first;
  whole text := 'log_back_' || first;
begin
  execute format('create table ledger.%I (like ledger.%I including defaults including constraints)', whole, slim);
  execute format('insert into ledger.%I select * from ledger.%I', whole, slim);
end $$;

-- Puts that table in the place of the slim one, if it has every entry. Nobody reads or writes the log for a moment.
create function attach_log_range(first bigint) returns void language plpgsql as $$
declare
  leaf text := 'log_' || first;
  whole text := 'log_back_' || first;
  last bigint;
  entries bigint;
  bounds text;
  definition text;
  name text;
  names text[] := array[]::text[];
begin
  select last_seq into strict last from ledger.log_range where first_seq = first;
  -- the constraint spares the attaching a look at all rows
  execute format('alter table ledger.%I add primary key (seq), add constraint in_range check (seq >= %s and seq < %s)',
    whole, first, last + 1);
  execute format('select count(*) from ledger.%I', whole) into entries;
  if entries <> last - first + 1 then
    raise exception 'the range has % entries, not %', entries, last - first + 1;
  end if;
  for name, definition in
    select c.relname, pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = format('ledger.%I', leaf)::regclass
      and not i.indisprimary and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
  loop
    names := names || name;
    execute regexp_replace(definition, ' INDEX \S+ ON (ONLY )?\S+ ',
      format(' INDEX %s ON ledger.%s ', 'back_' || name, whole));
  end loop;
  execute format('create trigger log_is_append_only before update or delete or truncate on ledger.%I '
    'for each statement execute function ledger.log_is_append_only()', whole);
  lock table ledger.log in access exclusive mode;
  select pg_get_expr(relpartbound, oid) into strict bounds from pg_class
    where oid = format('ledger.%I', leaf)::regclass;
  execute format('alter table ledger.log detach partition ledger.%I', leaf);
  execute format('drop table ledger.%I', leaf);
  execute format('alter table ledger.%I rename to %I', whole, leaf);
  foreach name in array names loop
    execute format('alter index ledger.%I rename to %I', 'back_' || name, name);
  end loop;
  execute format('alter table ledger.log attach partition ledger.%I %s', leaf, bounds);
  execute format('alter table ledger.%I drop constraint in_range', leaf);
end $$;

-- Before anything is written, the one range there is takes that many entries.
create function fit_empty_log(range_entries bigint) returns void language plpgsql as $$
begin
  lock table ledger.log_range in share row exclusive mode;
  if (select seq from ledger.writer where k = 1) > 0 or (select count(*) from ledger.log_range) <> 1
      or (select last_seq from ledger.log_range) = range_entries then
    return;
  end if;
  alter table ledger.log detach partition ledger.log_1;
  execute format('alter table ledger.log attach partition ledger.log_1 for values from (minvalue) to (%s)',
    range_entries + 1);
  update ledger.log_range set last_seq = range_entries;
end $$;
