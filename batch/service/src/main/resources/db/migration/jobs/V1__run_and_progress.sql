-- The bank's own book of its jobs, beside the container's job repository: which execution has a business date in hand,
-- how far each step is, and why an execution failed.

create table run (
  job text not null,
  business_date date not null,
  execution bigint not null unique, -- the latest one
  constraint one_run_per_job_and_date primary key (job, business_date)
);

-- A step that is not partitioned is one part of one item. Written in the transaction of the work it counts.
create table progress (
  job text not null,
  business_date date not null,
  step text not null,
  part int not null,
  parts int not null,
  done bigint not null,
  total bigint not null,
  primary key (job, business_date, step, part),
  constraint part_is_one_of_parts check (part >= 0 and part < parts),
  constraint done_is_within_total check (done between 0 and total)
);

create table failure (
  execution bigint primary key,
  step text not null,
  reason text not null
);
