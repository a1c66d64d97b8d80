-- The book of record: one append-only, gapless log of every fact, the fence of its single writer, and what is projected
-- from it.
-- Balances are credit-positive minor units. Each law that the engine decides by is repeated here as a constraint.

create table asset (
  id smallint primary key,
  code text not null unique check (code ~ '^[A-Z][A-Z0-9]{1,11}$'),
  scale smallint not null check (scale between 0 and 38)
);

insert into asset (id, code, scale) values (1, 'EUR', 2), (2, 'USD', 2), (3, 'GBP', 2), (4, 'JPY', 0), (5, 'QXC', 18);

-- kind: 1 transfer, 2 refusal, 3 account opened, 4 account changed, 5 business date opened, 6 business date closed
create table log (
  seq bigint primary key,
  id uuid not null,
  booked_at timestamptz not null,
  fingerprint bigint not null,      -- hash of what was asked: tells a repetition from another use of the id
  kind smallint not null,
  asset smallint,
  business_date date,
  debit bigint,
  credit bigint,
  value_date date,
  amount numeric(38),
  debit_balance numeric(38),
  credit_balance numeric(38),
  debit_floor numeric(38),          -- the lowest balance the debit account may have; null: none
  reference text,
  detail jsonb,                     -- kinds 2 to 6: what was refused, opened or changed
  constraint log_kind check (kind between 1 and 6),
  constraint log_seq check (seq > 0),
  constraint transfer_is_complete check (kind <> 1 or (asset is not null and debit is not null and credit is not null
    and amount is not null and debit_balance is not null and credit_balance is not null
    and business_date is not null and value_date is not null and detail is null)),
  constraint other_kinds_move_nothing check (kind = 1
    or (detail is not null and debit is null and credit is null and amount is null)),
  constraint transfer_moves_more_than_zero check (amount > 0),
  constraint transfer_has_two_accounts check (debit <> credit),
  constraint transfer_respects_floor check (debit_balance >= debit_floor),
  constraint reference_length check (length(reference) <= 140)
);
create unique index log_id on log (id);

create view transfer as
  select seq, id, booked_at, asset, debit, credit, amount, debit_balance, credit_balance, business_date, value_date,
    reference
  from log where kind = 1;

-- The fence: a writer may commit only while epoch and seq are those it knows.
create table writer (
  k int primary key check (k = 1),
  epoch bigint not null,
  seq bigint not null
) with (fillfactor = 10);
insert into writer (k, epoch, seq) values (1, 0, 0);

create function log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only';
end $$;
create trigger log_is_append_only before update or delete or truncate on log
  for each statement execute function log_is_append_only();

-- Projections: functions of the log, written by the projector only, rebuilt at will.
create table projection (
  k int primary key check (k = 1),
  seq bigint not null
);
insert into projection (k, seq) values (1, 0);

create table account (
  number bigint primary key,
  id uuid not null unique,
  address text not null unique,
  iban text unique,
  alias text unique,
  asset smallint not null references asset (id),
  owner text not null,
  product text not null check (product in ('current', 'savings', 'internal')),
  status text not null check (status in ('open', 'frozen', 'closed')),
  overdraft_limit numeric(38) check (overdraft_limit >= 0),
  gl_code text not null,
  balance numeric(38) not null,
  last_seq bigint not null,         -- the last entry that opened, changed or moved it
  constraint balance_respects_floor check (balance >= -overdraft_limit),
  constraint closed_is_empty check (status <> 'closed' or balance = 0)
) with (fillfactor = 50);

-- Which transfers touched an account: seq of the projection's first entry, and 4-byte big-endian offsets to it,
-- ascending.
create table posting (
  account bigint not null,
  seq bigint not null,
  offsets bytea not null
);
create index posting_account on posting (account, seq);

create table business_day (
  date date primary key,
  opened_seq bigint not null,
  opened_at timestamptz not null,
  closed_seq bigint
);

-- News for other systems: written with its cause, sent by the relay, in order of its number.
create table outbox (
  number bigint generated always as identity primary key,
  event_id uuid not null unique,
  destination text not null,
  correlation_id text not null,
  occurred_at timestamptz not null,
  body bytea not null,
  sent_at timestamptz
);
create index outbox_unsent on outbox (number) where sent_at is null;

create table journal (
  business_date date primary key,
  event_id uuid not null unique,
  lines jsonb not null
);
