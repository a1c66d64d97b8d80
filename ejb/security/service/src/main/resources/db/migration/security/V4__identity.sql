-- A name is one person's or one client's, since a token carries nothing else to tell them apart.
create table security.principal (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  kind text not null check (kind in ('person', 'client')),
  unique (name, kind)
);

create function security.claim_name() returns trigger language plpgsql as $$
begin
  insert into security.principal (name, kind) values (new.name, new.kind) on conflict do nothing;
  return new;
end $$;

insert into security.principal (name, kind) select id, 'client' from security.client;

alter table security.client
  add column kind text not null default 'client' check (kind = 'client'),
  add column jwk text check (length(jwk) <= 2000),
  add column redirect_uris text[] not null default '{}' check (cardinality(redirect_uris) <= 10),
  add column attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  add column enabled boolean not null default true,
  add foreign key (id, kind) references security.principal (name, kind),
  alter column secret_salt drop not null,
  alter column iterations drop not null,
  alter column secret_hash drop not null,
  add constraint client_secret_is_whole check (num_nulls(secret_salt, iterations, secret_hash) in (0, 3)),
  -- one way to prove itself at most: a second, forgotten one is a door nobody watches
  add constraint client_has_one_credential check (secret_hash is null or jwk is null);

create function security.claim_client_name() returns trigger language plpgsql as $$
begin
  insert into security.principal (name, kind) values (new.id, 'client') on conflict do nothing;
  return new;
end $$;
create trigger client_claims_its_name before insert on security.client
  for each row execute function security.claim_client_name();

create table security.person (
  name          text        primary key,
  kind          text        not null default 'person' check (kind = 'person'),
  password_salt bytea       not null check (octet_length(password_salt) = 16),
  iterations    integer     not null check (iterations >= 1000),
  password_hash bytea       not null check (octet_length(password_hash) = 64),
  -- set by somebody else: good for one login, at which it is changed
  must_change   boolean     not null,
  roles         text[]      not null check (cardinality(roles) > 0
                            and roles <@ array['teller', 'operator', 'approver', 'auditor', 'administrator']),
  attributes    jsonb       not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  enabled       boolean     not null default true,
  created_at    timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  foreign key (name, kind) references security.principal (name, kind)
);
create trigger person_claims_its_name before insert on security.person
  for each row execute function security.claim_name();

-- Guesses at a name that followed each other; of names that do not exist too, so that a pause does not tell which do.
create table security.attempt (
  name         text        primary key check (length(name) <= 200),
  failures     integer     not null check (failures > 0),
  until        timestamptz not null,
  closed_until timestamptz
);
create index attempt_until on security.attempt (until);

-- Codes of logged-in people on their way to a token. A row is deleted by whoever uses it: once.
create table security.authorization_code (
  code_hash      bytea       primary key check (octet_length(code_hash) = 32),
  client_id      text        not null references security.client (id),
  person         text        not null references security.person (name),
  redirect_uri   text        not null,
  code_challenge text        not null check (length(code_challenge) = 43),
  nonce          text        not null check (length(nonce) <= 200),
  methods        text[]      not null,
  logged_in_at   timestamptz not null,
  expires_at     timestamptz not null
);
create index authorization_code_expiry on security.authorization_code (expires_at);

-- Assertions of clients (RFC 7523) and the like that were used: not again before they expire.
create table security.used_once (
  id_hash    bytea       primary key check (octet_length(id_hash) = 32),
  expires_at timestamptz not null
);
create index used_once_expiry on security.used_once (expires_at);
