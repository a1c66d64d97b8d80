-- Which node leads. The lease only decides who tries to write; that nobody else can is the work of the fence in
-- writer. Its times are the database's, so that no node's clock matters. A table of its own: the row of writer is
-- locked by every commit, and a renewal must wait for none.
create table lease (
  k int primary key check (k = 1),
  term bigint not null,             -- rises with each taking
  holder text,                      -- the node's name; null: nobody, take it
  instance uuid,                    -- the one start of that node which took it
  taken_at timestamptz,
  expires_at timestamptz not null,
  constraint holder_is_complete check (holder is null or (instance is not null and taken_at is not null))
) with (fillfactor = 10);
insert into lease (k, term, expires_at) values (1, 0, '-infinity');
