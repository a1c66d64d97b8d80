-- With several nodes on one database, "created before this server started" does not say who died: each start of a
-- server names itself, and an execution of another one is over once this node leads.
alter table run add column server uuid;
