-- Signatures over heads by a suite that rests on hashes alone, made once a year.
create table ledger.seal_anchor (
  number     bigint      primary key references ledger.seal_head (number),
  tree_root  bytea       not null check (length(tree_root) = 32),
  head_hash  bytea       not null check (length(head_hash) = 32),
  made_at    timestamptz not null,
  suite      text        not null,
  key_id     text        not null,
  epoch      integer     not null check (epoch > 0),
  public_key bytea       not null,
  signature  bytea       not null
);
create trigger seal_anchor_is_append_only before update or delete or truncate on ledger.seal_anchor
  for each statement execute function ledger.seal_is_append_only();
