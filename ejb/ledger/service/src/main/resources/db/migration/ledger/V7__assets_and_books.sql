-- The chart of accounts as data, the books day by day, and assets that are registered while the bank runs.

create table gl_account (
  code text primary key check (code ~ '^[0-9]{1,12}$'),
  name text not null check (length(name) between 1 and 140),
  normal_side text not null check (normal_side in ('debit', 'credit')),
  parent text references gl_account (code),
  constraint gl_account_is_not_its_own_parent check (parent <> code)
);

insert into gl_account (code, name, normal_side, parent) values
  ('1', 'Assets', 'debit', null),
  ('10', 'Cash and banks', 'debit', '1'),
  ('1000', 'Cash', 'debit', '10'),
  ('1010', 'Nostro accounts', 'debit', '10'),
  ('1080', 'Currency positions', 'debit', '10'),
  ('1090', 'Clearing', 'debit', '10'),
  ('19', 'Other assets', 'debit', '1'),
  ('1900', 'Other internal accounts', 'debit', '19'),
  ('2', 'Liabilities', 'credit', null),
  ('20', 'Deposits of customers', 'credit', '2'),
  ('2010', 'Current accounts', 'credit', '20'),
  ('2020', 'Savings accounts', 'credit', '20'),
  ('4', 'Income', 'credit', null),
  ('4000', 'Fees and margins', 'credit', '4'),
  ('5', 'Expenses', 'debit', null),
  ('5090', 'Rounding', 'debit', '5');

-- What was debited and credited per business date, GL code and asset: of closed days only, which never change any more.
-- A trial balance adds up days instead of transfers.
create table gl_day (
  business_date date not null,
  asset smallint not null references asset (id),
  gl_code text not null,
  debits numeric not null check (debits >= 0),
  credits numeric not null check (credits >= 0),
  primary key (business_date, asset, gl_code)
);

-- The closed days whose sums are all in gl_day; a day without transfers has none.
create table gl_day_summed (
  business_date date primary key
);
