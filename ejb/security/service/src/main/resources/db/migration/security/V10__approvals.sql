-- What needs whose approval. Nodes keep it in memory and look at the version every moment.
create table security.policy_version (
  kind    text   primary key check (kind in ('approval', 'access')),
  version bigint not null default 0
);
insert into security.policy_version (kind) values ('approval'), ('access');

create table security.approval_policy (
  name          text        primary key check (name ~ '^[a-z][a-z0-9-]{0,62}$'),
  operation     text        not null,
  above         text        not null check (length(above) <= 2000),
  internal_only boolean     not null,
  needed        integer     not null check (needed between 1 and 10),
  roles         text[]      not null check (cardinality(roles) > 0
                            and roles <@ array['approver', 'operator', 'administrator']),
  approvers     text[]      not null check (cardinality(approvers) between 0 and 100),
  life_seconds  bigint      not null check (life_seconds between 60 and 7776000),
  changed_by    text        not null,
  changed_at    timestamptz not null default now(),
  constraint enough_approvers_are_named check (cardinality(approvers) = 0 or cardinality(approvers) >= needed)
);

-- A request as its maker sent it. The form is what approvers sign and what is carried out; nothing of it ever changes.
create table security.approval (
  id             uuid        primary key,
  operation      text        not null,
  maker          text        not null check (length(maker) between 1 and 200),
  -- whose rights it changes; empty: nobody's
  concerns       text        not null default '' check (length(concerns) <= 200),
  needed         integer     not null check (needed between 1 and 10),
  form           bytea       not null check (octet_length(form) <= 5000000),
  hash           bytea       not null,
  state          text        not null default 'pending' check (state in ('pending', 'approved', 'executing', 'executed',
                             'failed', 'rejected', 'withdrawn', 'expired')),
  created_at     timestamptz not null,
  expires_at     timestamptz not null,
  attempts       integer     not null default 0 check (attempts >= 0),
  -- while a node carries it out nobody else does; before that time of a later attempt nobody does either
  not_before     timestamptz not null default '-infinity',
  result_status  integer     check (result_status between 0 and 599),
  result_type    text        check (length(result_type) <= 200),
  result_body    bytea       check (octet_length(result_body) <= 65536),
  finished_at    timestamptz,
  -- APPROVAL-2: what is carried out is what was signed
  constraint hash_is_of_the_form check (hash = sha256(form)),
  constraint request_expires_later check (expires_at > created_at),
  constraint end_has_its_time check ((finished_at is null) = (state in ('pending', 'approved', 'executing'))),
  constraint result_when_carried_out check ((result_status is not null) = (state in ('executed', 'failed'))),
  -- for the decisions to refer to, so that no decision can be made about another maker, person or content
  constraint approval_as_decided unique (id, maker, concerns, hash)
);
create index approval_newest on security.approval (created_at desc, id desc);
create index approval_open on security.approval (state, not_before) where state in ('pending', 'approved', 'executing');

create table security.approval_decision (
  approval  uuid        not null,
  approver  text        not null check (length(approver) between 1 and 200),
  maker     text        not null,
  concerns  text        not null,
  hash      bytea       not null,
  verdict   text        not null check (verdict in ('approve', 'reject')),
  at        timestamptz not null,
  comment   text        not null check (length(comment) <= 280),
  suite     text        not null,
  key_id    text        not null,
  epoch     integer     not null check (epoch >= 0),
  signature bytea       not null check (octet_length(signature) between 1 and 65536),
  -- APPROVAL-1: every approver once, and never the maker or the one whose rights it changes
  primary key (approval, approver),
  constraint maker_is_no_checker check (approver <> maker),
  constraint nobody_checks_own_rights check (approver <> concerns),
  foreign key (approval, maker, concerns, hash) references security.approval (id, maker, concerns, hash)
);

-- Of a request only its state moves on, and only this way.
create function security.guard_approval() returns trigger language plpgsql as $$
begin
  if (new.id, new.operation, new.maker, new.concerns, new.needed, new.form, new.hash, new.created_at, new.expires_at)
    is distinct from
    (old.id, old.operation, old.maker, old.concerns, old.needed, old.form, old.hash, old.created_at, old.expires_at)
  then
    raise exception 'approval %: a request never changes', old.id using errcode = 'check_violation';
  end if;
  if new.state <> old.state and not (
    (old.state = 'pending' and new.state in ('approved', 'rejected', 'withdrawn', 'expired'))
    or (old.state = 'approved' and new.state in ('executing', 'failed'))
    or (old.state = 'executing' and new.state in ('approved', 'executed', 'failed'))) then
    raise exception 'approval %: % does not become %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if new.state = 'approved' and old.state = 'pending' and (select count(*) from security.approval_decision d
    where d.approval = new.id and d.verdict = 'approve') < new.needed then
    raise exception 'approval %: too few have approved', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger approval_goes_one_way before update on security.approval
  for each row execute function security.guard_approval();

create function security.guard_new_approval() returns trigger language plpgsql as $$
begin
  if new.state <> 'pending' then
    raise exception 'approval %: a request begins pending', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger approval_begins_pending before insert on security.approval
  for each row execute function security.guard_new_approval();

create function security.guard_decision() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if (select state from security.approval a where a.id = new.approval) is distinct from 'pending' then
      raise exception 'approval %: decided already', new.approval using errcode = 'check_violation';
    end if;
    return new;
  end if;
  raise exception 'approval %: a decision never changes', old.approval using errcode = 'check_violation';
end $$;
create trigger decision_stands before insert or update or delete on security.approval_decision
  for each row execute function security.guard_decision();

create function security.keep_approval() returns trigger language plpgsql as $$
begin
  raise exception 'approval %: a request is kept', old.id using errcode = 'check_violation';
end $$;
create trigger approval_is_kept before delete on security.approval
  for each row execute function security.keep_approval();
