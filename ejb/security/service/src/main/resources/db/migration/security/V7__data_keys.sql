-- Data keys of tenants, sealed by the key service. A shredded one is gone for good, and so is what it protected.
create table security.tenant_key (
  tenant      text        not null check (tenant ~ '^[a-z0-9][a-z0-9-]{0,31}$'),
  epoch       integer     not null check (epoch > 0),
  sealed_key  bytea,
  made_at     timestamptz not null default now(),
  shredded_at timestamptz,
  primary key (tenant, epoch),
  constraint shredded_is_gone check ((sealed_key is null) = (shredded_at is not null))
);

create function security.tenant_key_goes_one_way() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.tenant, new.epoch, new.made_at) is distinct from (old.tenant, old.epoch, old.made_at)
      or old.shredded_at is not null then
    raise exception 'a data key is shredded, never deleted or brought back'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger tenant_key_goes_one_way before update or delete on security.tenant_key
  for each row execute function security.tenant_key_goes_one_way();
