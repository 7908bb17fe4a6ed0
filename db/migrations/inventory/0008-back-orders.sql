-- Promises that goods which are on their way will keep.

alter table stock_level
  -- How much of what is promised beyond what is sellable was agreed to wait. Only holds under a channel's rule raise it; goods that come in lower it.
  add column back_ordered integer not null default 0 check (back_ordered >= 0),
  drop constraint stock_level_never_oversold,
  add constraint stock_level_never_oversold
    check (allocated + held <= greatest(0, on_hand - unavailable) + shortfall + back_ordered);

-- How far below what is there a channel may sell a variant, and from when it may sell it at all.
create table channel_back_order (
  channel_id    text not null,
  sku           text not null,
  -- Where the goods will come in: all that is back-ordered is promised there, so that one lock decides.
  location_id   text not null references location,
  units         integer not null check (units >= 0),
  sellable_from timestamptz,
  expected_at   timestamptz,
  version       integer not null default 1,
  primary key (channel_id, sku)
);
