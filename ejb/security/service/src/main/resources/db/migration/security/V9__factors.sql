-- Codes of the moment (RFC 6238). Secrets are sealed by the bank's key service. A secret counts from its first code on;
-- the newest step whose code was taken is kept, and it and all before it are burnt.
create table security.totp (
  subject        text        primary key check (length(subject) between 1 and 200),
  secret         bytea,
  last_step      bigint      not null default 0,
  waiting_secret bytea,
  changed_at     timestamptz not null default now(),
  check (secret is not null or waiting_secret is not null)
);

create table security.recovery_code (
  subject   text  not null check (length(subject) between 1 and 200),
  code_hash bytea not null check (octet_length(code_hash) = 32),
  primary key (subject, code_hash)
);

-- What a passkey gave when it was made: its public key and the number of its signatures, which only grows.
create table security.passkey (
  credential_id bytea       primary key check (octet_length(credential_id) between 1 and 1023),
  subject       text        not null check (length(subject) between 1 and 200),
  label         text        not null check (length(label) between 1 and 100),
  credential    bytea       not null check (octet_length(credential) <= 4096),
  sign_count    bigint      not null check (sign_count >= 0),
  created_at    timestamptz not null default now()
);
create index passkey_subject on security.passkey (subject);

-- The question that a new passkey answers: one per person, deleted by the answer.
create table security.passkey_question (
  subject    text        primary key check (length(subject) between 1 and 200),
  challenge  bytea       not null check (octet_length(challenge) = 32),
  expires_at timestamptz not null
);

-- Invariants SCA-1 and SCA-2. A challenge is answered once, its proof used once.
create table security.step_up (
  id               uuid        primary key,
  subject          text        not null check (length(subject) between 1 and 200),
  kind             text        not null,
  payer            text        not null,
  payee            text        not null,
  amount           text        not null,
  asset            text        not null,
  operation_id     text        not null,
  linked_digest    bytea       not null check (octet_length(linked_digest) = 32),
  expires_at       timestamptz not null,
  failures         integer     not null default 0 check (failures between 0 and 5),
  method           text        check (method in ('totp', 'webauthn')),
  proof_hash       bytea       unique check (octet_length(proof_hash) = 32),
  proof_expires_at timestamptz,
  used_at          timestamptz,
  created_at       timestamptz not null default now(),
  constraint proven_is_whole check (num_nulls(method, proof_hash, proof_expires_at) in (0, 3)),
  constraint used_was_proven check (used_at is null or proof_hash is not null)
);
create index step_up_subject on security.step_up (subject, created_at);
create index step_up_expiry on security.step_up (expires_at);

-- Whom a person has paid with a proof.
create table security.known_payee (
  subject text        not null check (length(subject) between 1 and 200),
  payee   text        not null check (length(payee) between 1 and 200),
  since   timestamptz not null default now(),
  primary key (subject, payee)
);
