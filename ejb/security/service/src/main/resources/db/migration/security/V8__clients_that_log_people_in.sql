-- A client without roles of its own only logs people in.
alter table security.client drop constraint client_roles_check;
alter table security.client add constraint client_roles_check check (
  (cardinality(roles) > 0 or cardinality(redirect_uris) > 0)
  and roles <@ array['teller', 'operator', 'approver', 'auditor', 'administrator']);


-- The newest key whose time has come signs. It is published before, and those before it are as long as tokens live.
alter table security.signing_key drop column signs, add column signs_from timestamptz not null default now();
