-- Ranges of the log that were written to files and verified.
create table archive (
  first_seq bigint primary key,
  last_seq bigint not null unique,
  file text not null unique,
  bytes bigint not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  archived_at timestamptz not null,
  constraint archive_has_entries check (last_seq >= first_seq)
);
