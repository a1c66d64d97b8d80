-- The bank's keys. Private parts are sealed under a key-encrypting key that is never in the database, or stay in a
-- token.
create table security.key (
  id          text        primary key check (id ~ '^[0-9a-f]{32}$'),
  purpose     text        not null check (purpose ~ '^[a-z][a-z-]{1,30}$'),
  epoch       integer     not null check (epoch > 0),
  suite       text        not null check (length(suite) between 1 and 64),
  state       text        not null check (state in ('active', 'verify-only', 'retired', 'destroyed')),
  guard       text        not null check (guard in ('software', 'pkcs11')),
  public_key  bytea,
  sealed_key  bytea,      -- under the key-encrypting key kek_id
  kek_id      text,
  token_label text,       -- of a key that lives in the token
  not_before  timestamptz not null,
  not_after   timestamptz,
  unique (purpose, epoch),
  constraint one_place_for_a_key check (state = 'destroyed' or (sealed_key is null) <> (token_label is null)),
  constraint destroyed_is_gone check (state <> 'destroyed' or (sealed_key is null and token_label is null)),
  constraint sealed_by_whom check ((sealed_key is null) = (kek_id is null)),
  constraint active_has_no_end check ((state = 'active') = (not_after is null))
);
create unique index key_one_active on security.key (purpose) where state = 'active';

-- KEYS-1: a key's life goes one way, and what signatures refer to never changes.
create function security.key_goes_one_way() returns trigger language plpgsql as $$
declare
  states constant text[] := array['active', 'verify-only', 'retired', 'destroyed'];
begin
  if tg_op = 'DELETE' then
    raise exception 'a key is destroyed, never deleted' using errcode = 'integrity_constraint_violation';
  end if;
  if (new.id, new.purpose, new.epoch, new.suite, new.public_key, new.not_before)
      is distinct from (old.id, old.purpose, old.epoch, old.suite, old.public_key, old.not_before)
      or array_position(states, new.state) < array_position(states, old.state)
      or (old.not_after is not null and new.not_after is distinct from old.not_after) then
    raise exception 'key % of % may not change so', old.epoch, old.purpose
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger key_goes_one_way before update or delete on security.key
  for each row execute function security.key_goes_one_way();
