-- The seal: signed heads over ranges of the log. See the handbook's decision on ranges in a tree and invariant
-- LEDGER-7.

-- Public keys of all that ever signed here; private keys never come into the database.
create table seal_key (
  key_id text primary key check (length(key_id) between 1 and 64),
  suite text not null,
  public_key bytea not null,
  registered_at timestamptz not null
);

create table seal_head (
  number bigint primary key check (number > 0),
  first_seq bigint not null unique check (first_seq > 0),
  last_seq bigint not null unique,
  range_root bytea not null check (length(range_root) = 32),
  tree_root bytea not null check (length(tree_root) = 32),
  previous bytea not null check (length(previous) = 32),
  sealed_at timestamptz not null,
  suite text not null,
  key_id text not null references seal_key (key_id),
  signature bytea not null,
  chunks bytea not null,            -- roots over 1,024 entries of the range each, 32 bytes per root
  constraint range_is_not_empty check (last_seq >= first_seq),
  constraint chunks_cover_the_range check (length(chunks) = 32 * ((last_seq - first_seq) / 1024 + 1))
);

-- Complete subtrees of the tree of ranges: over 2^level ranges from index * 2^level.
create table seal_node (
  level smallint not null check (level between 0 and 62),
  index bigint not null check (index >= 0),
  root bytea not null check (length(root) = 32),
  primary key (level, index)
);

create function seal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the seal is append-only';
end $$;
create trigger seal_head_is_append_only before update or delete or truncate on seal_head
  for each statement execute function seal_is_append_only();
create trigger seal_node_is_append_only before update or delete or truncate on seal_node
  for each statement execute function seal_is_append_only();
