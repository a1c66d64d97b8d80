-- Public keys of clients, to which the bank encrypts what they fetch. A key is registered once and stays.
create table security.payload_key (
  client        text        not null check (length(client) between 1 and 200),
  id            text        not null check (id ~ '^[0-9a-f]{32}$'),
  public_key    bytea       not null check (octet_length(public_key) = 1216),
  registered_at timestamptz not null default now(),
  primary key (client, id)
);
