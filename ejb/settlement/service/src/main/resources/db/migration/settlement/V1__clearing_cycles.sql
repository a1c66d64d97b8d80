-- What banks owe each other on a business date, netted and settled per asset. Amounts are minor units.
-- The life of a cycle and the laws of netting are repeated here as constraints and triggers.

-- A day is the lock between recording obligations (share) and closing the cycles (update).
create table day (
  business_date date primary key,
  closed_at timestamptz
);

-- status: 1 open, 2 closed, 3 netted, 4 settled
create table cycle (
  id uuid primary key,
  business_date date not null references day (business_date),
  asset text not null check (asset ~ '^[A-Z][A-Z0-9]{1,11}$'),
  scale smallint not null check (scale between 0 and 38),
  status smallint not null default 1,
  attempt smallint not null default 1 check (attempt > 0), -- counts up when the ledger refused to settle
  obligations bigint,
  gross numeric(38),
  netted_at timestamptz,
  settled_at timestamptz,
  constraint one_cycle_per_date_and_asset unique (business_date, asset),
  constraint cycle_status check (status between 1 and 4),
  constraint netted_cycle_has_figures check (status < 3 or (obligations > 0 and gross > 0 and netted_at is not null)),
  constraint settled_cycle_has_time check ((status = 4) = (settled_at is not null))
);

create table obligation (
  id uuid primary key,
  cycle uuid not null, -- watched by obligation_goes_into_open_cycle, cheaper than a foreign key per row
  payer text not null,
  payee text not null,
  amount numeric(38) not null,
  constraint obligation_is_more_than_zero check (amount > 0),
  constraint obligation_has_two_banks check (payer <> payee),
  constraint payer_is_an_institution check (payer ~ '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}$'),
  constraint payee_is_an_institution check (payee ~ '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}$')
);
create index obligation_cycle on obligation (cycle);

create table position (
  cycle uuid not null references cycle (id),
  bank text not null,
  sent numeric(38) not null check (sent >= 0),
  received numeric(38) not null check (received >= 0),
  net numeric(38) not null,
  primary key (cycle, bank),
  constraint net_is_received_less_sent check (net = received - sent)
);

-- The intention to settle, written before the ledger is asked: which transfer and message carry a bank's position.
create table leg (
  cycle uuid not null references cycle (id),
  bank text not null,
  net numeric(38) not null,
  transfer_id uuid unique, -- null for the bank that runs the cycle
  message_id text unique,  -- null for a net payee, and where pacs.009 cannot carry the amount
  primary key (cycle, bank),
  foreign key (cycle, bank) references position (cycle, bank),
  constraint leg_moves_something check (net <> 0),
  constraint only_payers_get_a_message check (message_id is null or net < 0)
);

create table message (
  id text primary key,
  cycle uuid not null references cycle (id),
  bank text not null,
  body bytea not null,
  constraint one_message_per_payer unique (cycle, bank)
);

create function cycle_starts_open_on_an_open_day() returns trigger language plpgsql as $$
begin
  if new.status <> 1 then
    raise exception 'a cycle starts open';
  end if;
  perform 1 from settlement.day where business_date = new.business_date and closed_at is null for share;
  if not found then
    raise exception 'the day % takes no more cycles', new.business_date;
  end if;
  return new;
end $$;
create trigger cycle_starts_open_on_an_open_day before insert on cycle
  for each row execute function cycle_starts_open_on_an_open_day();

create function cycle_moves_forward() returns trigger language plpgsql as $$
declare
  counted bigint;
  gross numeric;
  sent numeric;
  received numeric;
  net numeric;
begin
  if new.id <> old.id or new.business_date <> old.business_date or new.asset <> old.asset or new.scale <> old.scale then
    raise exception 'a cycle keeps its date and asset';
  end if;
  if new.status < old.status or new.status > old.status + 1 then
    raise exception 'a cycle moves one step forward, not from % to %', old.status, new.status;
  end if;
  if old.status = 2 and new.status = 3 then
    select count(*), sum(o.amount) into counted, gross from settlement.obligation o where o.cycle = new.id;
    select sum(p.sent), sum(p.received), sum(p.net) into sent, received, net
      from settlement.position p where p.cycle = new.id;
    if net <> 0 or sent <> gross or received <> gross or counted <> new.obligations or gross <> new.gross then
      raise exception 'the positions of cycle % are not those of its obligations', new.id;
    end if;
  end if;
  if old.status = 3 and new.status = 4 then
    if exists (select 1 from settlement.position p left join settlement.leg l on l.cycle = p.cycle and l.bank = p.bank
        where p.cycle = new.id and p.net <> coalesce(l.net, 0)) then
      raise exception 'the legs of cycle % are not its positions', new.id;
    end if;
  end if;
  return new;
end $$;
create trigger cycle_moves_forward before update on cycle for each row execute function cycle_moves_forward();

create function obligation_goes_into_open_cycle() returns trigger language plpgsql as $$
declare
  wanted bigint;
  usable bigint;
begin
  select count(distinct a.cycle) into wanted from added a;
  select count(*) into usable from (
    select 1 from settlement.cycle c
    where c.status = 1 and c.id in (select a.cycle from added a) for share) open_cycles;
  if wanted <> usable then
    raise exception 'an obligation goes into an open cycle';
  end if;
  return null;
end $$;
create trigger obligation_goes_into_open_cycle after insert on obligation referencing new table as added
  for each statement execute function obligation_goes_into_open_cycle();

create function position_belongs_to_closed_cycle() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from settlement.cycle c where c.id = new.cycle and c.status = 2) then
    raise exception 'positions are fixed once, between closing and netting';
  end if;
  return new;
end $$;
create trigger position_belongs_to_closed_cycle before insert on position
  for each row execute function position_belongs_to_closed_cycle();

create function leg_belongs_to_netted_cycle() returns trigger language plpgsql as $$
declare
  of_cycle uuid := case when tg_op = 'DELETE' then old.cycle else new.cycle end;
begin
  if not exists (select 1 from settlement.cycle c where c.id = of_cycle and c.status = 3) then
    raise exception 'what settles a cycle is fixed before it is settled';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger leg_belongs_to_netted_cycle before insert or delete on leg
  for each row execute function leg_belongs_to_netted_cycle();
create trigger message_belongs_to_netted_cycle before insert or delete on message
  for each row execute function leg_belongs_to_netted_cycle();

create function is_never_changed() returns trigger language plpgsql as $$
begin
  raise exception '% is never changed', tg_table_name;
end $$;
create trigger obligation_is_never_changed before update or delete or truncate on obligation
  for each statement execute function is_never_changed();
create trigger position_is_never_changed before update or delete or truncate on position
  for each statement execute function is_never_changed();
create trigger cycle_is_never_deleted before delete or truncate on cycle
  for each statement execute function is_never_changed();
create trigger leg_is_never_changed before update or truncate on leg
  for each statement execute function is_never_changed();
create trigger message_is_never_changed before update or truncate on message
  for each statement execute function is_never_changed();
