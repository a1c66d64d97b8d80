-- Public keys of machine clients that sign their requests (RFC 9421). A key is one client's and is never given away
-- again; a revoked one stays, so that old records can be explained.
create table security.request_key (
  key_id        text        primary key check (key_id ~ '^[0-9a-f]{32}$'),
  client        text        not null check (length(client) between 1 and 200),
  suite         text        not null check (suite in ('Ed25519', 'ECDSA-P256', 'ML-DSA-65')),
  public_key    bytea       not null check (octet_length(public_key)
                            = case suite when 'Ed25519' then 32 when 'ECDSA-P256' then 65 else 1952 end),
  registered_at timestamptz not null default now(),
  revoked_at    timestamptz check (revoked_at >= registered_at)
);
create index request_key_client on security.request_key (client, registered_at desc);

-- Nonces and proof ids that were used, of all nodes; forgotten once what they came with is stale in any case.
create table security.used_nonce (
  owner      text        not null check (length(owner) between 1 and 200),
  nonce      text        not null check (length(nonce) between 1 and 200),
  until      timestamptz not null,
  primary key (owner, nonce)
);
create index used_nonce_until on security.used_nonce (until);
