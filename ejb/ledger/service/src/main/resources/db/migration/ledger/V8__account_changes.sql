-- What changed an account, without reading the log for it. Entries that open or change none cost nothing.
create index log_account_changes on log (((detail ->> 'number')::bigint), seq) where kind in (3, 4);
