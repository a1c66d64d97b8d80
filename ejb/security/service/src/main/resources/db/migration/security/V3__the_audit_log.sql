-- The audit log: who did what, when, from where, and how it ended. See the handbook's page on the audit log and the
-- invariants AUDIT-1 to AUDIT-3.

-- One appender writes the next numbers; of two nodes that try the same ones, the primary key lets one through.
create table security.audit_record (
  seq          bigint      primary key check (seq > 0),
  at           timestamptz not null,
  node         text        not null,
  kind         text        not null,
  action       text        not null,
  actor        text        not null,
  roles        text        not null,
  source       text        not null,
  correlation  text        not null,
  subject_type text        not null,
  subject_id   text        not null,
  outcome      text        not null,
  intent       bigint      not null,
  reason       text        not null,
  before       text        not null,
  after        text        not null,
  hash         bytea       not null check (length(hash) = 32),
  constraint an_end_comes_after_its_intent check (intent >= 0 and intent < seq)
);
-- No index on at: times rise with the numbers, so a time is found by halving.
create index audit_record_subject on security.audit_record (subject_id, seq) where subject_id <> '';
create index audit_record_actor on security.audit_record (actor, seq);

-- Public keys of all that ever signed here; private keys never come into these tables.
create table security.audit_key (
  key_id        text        primary key check (length(key_id) between 1 and 64),
  suite         text        not null,
  public_key    bytea       not null,
  registered_at timestamptz not null
);

create table security.audit_head (
  number    bigint      primary key check (number > 0),
  size      bigint      not null unique check (size > 0),
  root      bytea       not null check (length(root) = 32),
  at        timestamptz not null,
  previous  bytea       not null check (length(previous) = 32),
  suite     text        not null,
  key_id    text        not null references security.audit_key (key_id),
  epoch     integer     not null,
  signature bytea       not null
);

-- Complete subtrees of the tree over the hashes: over 2^level records from index * 2^level. Lower ones are made from
-- the records when they are asked for.
create table security.audit_tree (
  level smallint not null check (level between 10 and 62),
  index bigint   not null check (index >= 0),
  root  bytea    not null check (length(root) = 32),
  primary key (level, index)
);

-- Where each node has to look for intents without an end when it starts again. Not part of the log: it spares reading
-- all of it.
create table security.audit_open (
  node text   primary key,
  seq  bigint not null check (seq > 0)
);

create function security.audit_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;
create trigger audit_record_is_append_only before update or delete or truncate on security.audit_record
  for each statement execute function security.audit_is_append_only();
create trigger audit_key_is_append_only before update or delete or truncate on security.audit_key
  for each statement execute function security.audit_is_append_only();
create trigger audit_head_is_append_only before update or delete or truncate on security.audit_head
  for each statement execute function security.audit_is_append_only();
create trigger audit_tree_is_append_only before update or delete or truncate on security.audit_tree
  for each statement execute function security.audit_is_append_only();
