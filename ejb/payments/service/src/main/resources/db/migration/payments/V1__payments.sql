-- Payment files, payments and statements. A row of payment in status 2 is an intention: its transfer is (to be)
-- submitted to the ledger under the payment's id, as often as it takes.

create table payment_file (
  id uuid primary key,
  sha256 bytea not null unique,
  message_id text not null,
  message_type text not null,
  initiating_party text not null,
  submitter text not null,
  status smallint not null,          -- 1 received, 2 processing, 3 finished, 4 rejected
  groups integer not null,
  payments integer not null,
  control_sum numeric,
  taken integer not null default 0,  -- payments 0 to taken - 1 have a row
  reason_code text,
  reason_path text,
  reason_detail text,
  received_at timestamptz not null,
  finished_at timestamptz,
  updated_at timestamptz not null,
  constraint file_status check (status between 1 and 4),
  constraint file_hash check (octet_length(sha256) = 32),
  constraint file_takes_what_it_has check (taken between 0 and payments),
  constraint file_rejected_with_reason check ((status = 4) = (reason_code is not null)),
  constraint file_finished_at check ((status in (3, 4)) = (finished_at is not null)),
  constraint finished_file_is_complete check (status <> 3 or taken = payments)
);
-- A message id is used once by its initiating party; a rejected file does not count.
create unique index payment_file_message on payment_file (initiating_party, message_id) where status <> 4;
create index payment_file_open on payment_file (received_at) where status in (1, 2);

-- The document as it came: gzip, cut in parts.
create table payment_file_part (
  file uuid not null references payment_file (id),
  no integer not null,
  bytes bytea not null,
  primary key (file, no)
);
alter table payment_file_part alter column bytes set storage external;

create table payment_group (
  file uuid not null references payment_file (id),
  no integer not null,
  id text not null,
  payments integer not null,
  reason_code text,
  reason_path text,
  reason_detail text,
  primary key (file, no)
);

create table payment (
  id uuid primary key,
  file uuid references payment_file (id),
  group_no integer,
  number integer,                    -- in its group, from 1
  index integer,                     -- in its file, from 0
  instruction_id text,
  uetr text,
  end_to_end_id text not null,
  asset text not null,
  scale smallint not null,
  amount numeric(38) not null,
  debtor text not null,
  debtor_name text not null,
  debtor_agent text,
  debit bigint,                      -- ledger account to debit: the debtor's, or clearing
  creditor text not null,
  creditor_name text not null,
  creditor_agent text,
  credit bigint,
  remittance text,
  status smallint not null,          -- 1 received, 2 accepted, 3 booked, 4 clearing, 5 settled, 6 rejected
  reason_code text,
  reason_path text,
  reason_detail text,
  fingerprint text,                  -- of a single order, to tell a repetition from another order
  received_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,              -- booked, given to clearing or rejected
  settled_at timestamptz,
  business_date date,
  constraint payment_status check (status between 1 and 6),
  constraint payment_in_file check ((file is null) = (index is null) and (file is null) = (group_no is null)),
  constraint accepted_payment_is_ready check (status in (1, 6)
    or (debit is not null and credit is not null and amount > 0)),
  constraint rejected_with_reason check ((status = 6) = (reason_code is not null)),
  constraint booked_on_a_day check ((status in (3, 4, 5)) = (business_date is not null)),
  constraint ended_at_a_time check ((status >= 3) = (ended_at is not null)),
  constraint settled_at_a_time check ((status = 5) = (settled_at is not null))
);
-- An end-to-end id is used once by its debtor; a rejected payment does not count.
create unique index payment_end_to_end on payment (debtor, end_to_end_id)
  where status <> 6 and end_to_end_id <> 'NOTPROVIDED';
create unique index payment_in_file on payment (file, index) where file is not null;
create index payment_pending on payment (id) where status = 2;
create index payment_clearing on payment (business_date) where status = 4;

-- The published life of a payment; no other step is taken, and none is taken back.
create function payment_moves_on() returns trigger language plpgsql as $$
begin
  if (old.status, new.status) in ((1, 2), (1, 6), (2, 3), (2, 4), (2, 6), (4, 5)) then
    return new;
  end if;
  raise exception 'a payment does not go from status % to %', old.status, new.status;
end $$;
create trigger payment_moves_on before update of status on payment
  for each row when (old.status is distinct from new.status) execute function payment_moves_on();

create table statement (
  account bigint not null,
  business_date date not null,
  sequence bigint not null,
  asset text not null,
  scale smallint not null,
  opening numeric(38) not null,
  closing numeric(38) not null,
  entries integer not null,
  name text not null,                -- of the file
  document boolean not null,         -- whether the figures fit a camt.053
  primary key (account, business_date),
  unique (account, sequence)
);

create table statement_part (
  account bigint not null,
  business_date date not null,
  no integer not null,
  bytes bytea not null,
  primary key (account, business_date, no),
  foreign key (account, business_date) references statement (account, business_date)
);
alter table statement_part alter column bytes set storage external;
