-- Holds and reversals: what a transfer has to do with an earlier entry, entries that reserve money without moving it,
-- and more ways in which an account may rest. All columns are null in the rows there are, and cost a plain transfer
-- nothing.

-- kind: 1 transfer, 2 refusal, 3 account opened, 4 account changed, 5 business date opened, 6 business date closed,
-- 7 hold placed, 8 hold released, 9 hold expired, 10 asset registered, 11 period closed
alter table log
  add column reverses uuid,         -- kind 1: the transfer that this one undoes
  add column hold uuid,             -- kind 1: the hold that it captures; 7 to 9: the hold itself
  add column held numeric(38),      -- what that hold still reserves after the entry
  drop constraint log_kind,
  drop constraint other_kinds_move_nothing,
  add constraint log_kind check (kind between 1 and 11),
  add constraint other_kinds_move_nothing check (kind in (1, 7, 8, 9)
    or (detail is not null and debit is null and credit is null and amount is null
      and reverses is null and hold is null and held is null)),
  -- HOLD-1: a hold reserves an amount of one account, and what it reserves only falls
  add constraint hold_entry_is_complete check (kind not in (7, 8, 9) or (asset is not null and debit is not null
    and amount is not null and hold is not null and held is not null and detail is not null
    and credit_balance is null and business_date is null and value_date is null and reverses is null)),
  add constraint hold_is_placed_whole check (kind <> 7 or (hold = id and held = amount and debit_balance is not null)),
  add constraint hold_is_given_back_whole check (kind not in (8, 9)
    or (held = 0 and hold <> id and credit is null and debit_balance is null)),
  add constraint capture_is_complete check (kind <> 1 or (hold is null) = (held is null)),
  add constraint held_is_never_negative check (held >= 0),
  -- REVERSAL-1: a transfer undoes another one, and no capture does
  add constraint reversal_is_no_capture check (reverses is null or (hold is null and reverses <> id));

create unique index log_reversed_once on log (reverses) where reverses is not null;
create unique index log_hold_ends_once on log (hold) where held = 0;
create index log_hold on log (hold) where hold is not null;

comment on column log.debit_floor is
  'the lowest booked balance the debit account may have: what is held less its limit; null: none';

-- Projected: holds as they stand at the watermark.
create table hold (
  id uuid primary key,
  account bigint not null,
  asset smallint not null references asset (id),
  placed numeric(38) not null check (placed > 0),
  held numeric(38) not null check (held >= 0),
  captured numeric(38) not null check (captured >= 0),
  beneficiary bigint,
  expires_at timestamptz not null,
  status text not null check (status in ('open', 'captured', 'released', 'expired')),
  placed_seq bigint not null,
  last_seq bigint not null,         -- the last entry that placed, captured or ended it
  constraint hold_takes_no_more_than_placed check (held + captured <= placed),
  constraint open_hold_reserves_something check ((status = 'open') = (held > 0))
);
create index hold_account on hold (account, placed_seq);
create index hold_due on hold (expires_at) where status = 'open';

alter table account
  add column held numeric(38) not null default 0 constraint held_is_never_negative check (held >= 0),
  drop constraint account_status_check,
  drop constraint balance_respects_floor,
  drop constraint closed_is_empty,
  add constraint account_status_check
    check (status in ('open', 'frozen', 'debits_frozen', 'credits_frozen', 'dormant', 'closed')),
  add constraint balance_respects_floor check (balance - held >= -overdraft_limit),
  add constraint closed_is_empty check (status <> 'closed' or (balance = 0 and held = 0));
