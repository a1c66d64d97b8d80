-- Names and remittance are protected by the tenant's data key; what was stored before is protected step by step by
-- POST /api/v1/payments/protection and readable meanwhile.
alter table payments.payment
  add column tenant text not null default 'bank',
  add column personal bytea,
  add column personal_epoch integer,
  add column debtor_name_index bytea,
  add column creditor_name_index bytea,
  alter column debtor_name drop not null,
  alter column creditor_name drop not null,
  add constraint protected_or_in_clear check ((personal is null) = (personal_epoch is null)
    and (personal is null) = (debtor_name is not null)
    and (personal is null) = (creditor_name is not null)
    and (personal is null or remittance is null)
    and (personal is null) = (debtor_name_index is null)
    and (personal is null) = (creditor_name_index is null));
create index payment_debtor_name on payments.payment (debtor_name_index) where debtor_name_index is not null;
create index payment_creditor_name on payments.payment (creditor_name_index) where creditor_name_index is not null;
create index payment_personal_epoch on payments.payment (personal_epoch, id);

alter table payments.payment_file_part add column protected boolean not null default false;
alter table payments.statement_part add column protected boolean not null default false;
