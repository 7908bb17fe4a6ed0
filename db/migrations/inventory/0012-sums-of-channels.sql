-- What a channel's locations can sell of a SKU, added up beforehand: 100 variants at 1,000 locations are 100,000 levels to read without it.
-- A sum counts levels as they were when they were last folded into it. A level that has changed since is dirty; readers add what the dirty ones
-- have become, so that they have the exact number at every moment, and those who reserve never wait for a sum.

alter table stock_level
  -- `sellable` as the sums count it. Written by the fold alone (subgraphs/inventory/sums).
  add column folded_sellable integer not null default 0;
-- Few columns, so that it stays small: an update of a dirty level writes an entry. Of an expression, so that it alone can answer for it: when most
-- of it was empty, the planner preferred the primary key and read a thousand rows to find ten.
create index stock_level_dirty_idx on stock_level ((sku || '')) where sellable <> folded_sellable;

-- Which set of locations serves a channel. The number goes up with every change of the set and never comes back.
create table channel_serving (
  channel_id text primary key,
  version    bigint not null
);
insert into channel_serving (channel_id, version) select distinct channel_id, 1 from channel_location;

create function number_serving() returns trigger language plpgsql set search_path from current as $$
begin
  insert into channel_serving (channel_id, version)
  select distinct channel_id, 1 from touched order by channel_id
      on conflict (channel_id) do update set version = channel_serving.version + 1;
  return null;
end $$;
create trigger channel_location_added after insert on channel_location
  referencing new table as touched for each statement execute function number_serving();
create trigger channel_location_removed after delete on channel_location
  referencing old table as touched for each statement execute function number_serving();
create trigger channel_location_changed_from after update on channel_location
  referencing old table as touched for each statement execute function number_serving();
create trigger channel_location_changed_to after update on channel_location
  referencing new table as touched for each statement execute function number_serving();

-- SKUs that lie at so many locations that sums pay. The levels of the others are never folded.
create table stock_summed_sku (
  sku text primary key
);

create table stock_sum (
  sku             text not null,
  channel_id      text not null,
  -- With what it was built. Of use while the channel's locations and its buffer for the SKU are these.
  serving_version bigint not null,
  buffer_units    integer not null,
  -- Sums over the channel's levels of the SKU: max(0, folded_sellable), and max(0, folded_sellable - buffer_units).
  sellable        bigint not null,
  on_shelf        bigint not null,
  primary key (sku, channel_id)
);
-- Few rows, many updates: room for them where the row is.
alter table stock_sum set (fillfactor = 70);
