-- Those who keep users, keys and policies.
alter table security.client drop constraint client_roles_check;
alter table security.client add constraint client_roles_check check (cardinality(roles) > 0
  and roles <@ array['teller', 'operator', 'approver', 'auditor', 'administrator']);
