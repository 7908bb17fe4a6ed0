-- What callers have spent of their budget in a minute, when several gateways count together. Of no worth after a crash.

create unlogged table budget (
  -- The class of the caller and who it is.
  key     text primary key,
  spent   bigint not null,
  ends_at timestamptz not null
);
create index budget_ends_idx on budget (ends_at);
