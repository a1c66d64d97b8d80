-- What the embedded development issuer knows. Both tables stay empty under the production profile.
create table security.client (
  id          text        primary key check (id ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  secret_salt bytea       not null check (octet_length(secret_salt) = 16),
  iterations  integer     not null check (iterations >= 1000),
  secret_hash bytea       not null check (octet_length(secret_hash) = 64),
  -- "service" is for our own background work and never for a client.
  roles       text[]      not null check (cardinality(roles) > 0
                          and roles <@ array['teller', 'operator', 'approver', 'auditor']),
  created_at  timestamptz not null default now()
);

-- The key outlives restarts, so tokens do too. At most one signs.
create table security.signing_key (
  kid         text        primary key,
  private_key bytea       not null,
  public_key  bytea       not null,
  signs       boolean     not null,
  created_at  timestamptz not null default now()
);
create unique index signing_key_one_signs on security.signing_key (signs) where signs;
