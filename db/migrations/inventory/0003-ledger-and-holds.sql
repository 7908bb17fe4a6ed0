-- The ledger as the only writer of the counters, and holds on top of it.

alter table stock_level
  -- What was promised and is not there any more: a fact (a count, an offline sale) said so. Only facts raise it.
  add column shortfall integer not null default 0 check (shortfall >= 0),
  -- No code path passes this: whatever promises more than is there without a fact that explains it is rolled back.
  add constraint stock_level_never_oversold check (allocated + held <= greatest(0, on_hand - unavailable) + shortfall);

-- Movements carry what they did to each counter, and all counters after it.
alter table stock_movement
  add column on_hand_change      integer not null default 0,
  add column unavailable_change  integer not null default 0,
  add column allocated_change    integer not null default 0,
  add column held_change         integer not null default 0,
  add column incoming_change     integer not null default 0,
  add column safety_stock_change integer not null default 0,
  add column unavailable_after   integer not null default 0,
  add column held_after          integer not null default 0,
  add column incoming_after      integer not null default 0,
  add column safety_stock_after  integer not null default 0,
  drop constraint stock_movement_kind_check,
  add constraint stock_movement_kind_check check (kind in (
    'RECEIVED', 'HELD', 'ALLOCATED', 'SHIPPED', 'RELEASED', 'SOLD', 'RETURNED', 'ADJUSTED', 'COUNTED', 'TRANSFER_OUT', 'TRANSFER_IN')),
  -- Checked by the audit instead: a look at the parent for each movement costs a third of a reservation's time, and levels are never deleted.
  drop constraint stock_movement_sku_location_id_fkey;
-- Counts look for what happened after them.
create index stock_movement_occurred_idx on stock_movement (sku, location_id, occurred_at);

revoke update, delete, truncate on stock_movement from oneshelf_inventory;
revoke delete, truncate on stock_level from oneshelf_inventory;

create table stock_hold (
  id          uuid primary key,
  state       text not null check (state in ('HELD', 'COMMITTED', 'RELEASED', 'EXPIRED')),
  owner_kind  text not null check (owner_kind in ('CART', 'TILL', 'IMPORT', 'TRY_ON', 'ORDER')),
  owner_id    text,
  customer_id text,
  note        text,
  channel_id  text,
  actor       text not null,
  created_at  timestamptz not null,
  -- A hold whose time is up is expired from that instant on, whether or not somebody has written so.
  expires_at  timestamptz not null,
  ended_at    timestamptz,
  -- What a committed hold became, such as an order's id.
  reference   text
);

create table stock_hold_line (
  hold_id     uuid not null references stock_hold,
  sku         text not null,
  location_id text not null,
  quantity    integer not null check (quantity > 0),
  -- Whether the level's `held` still counts it.
  is_open     boolean not null default true,
  -- As the hold says; here too, so that a buyer finds what has expired at a level without reading every hold of it.
  expires_at  timestamptz not null,
  primary key (hold_id, sku, location_id)
);
-- A buyer who needs what has expired at a level; the sweep, which looks everywhere.
create index stock_hold_line_open_idx on stock_hold_line (sku, location_id, expires_at) where is_open;
create index stock_hold_line_expiry_idx on stock_hold_line (expires_at) where is_open;

-- What was answered to whom asked with a key; written by the transaction that did it.
create table idempotency_record (
  key         text primary key,
  -- A hash of the operation and its input.
  fingerprint text not null,
  answer      jsonb not null,
  created_at  timestamptz not null default now()
);
create index idempotency_record_created_idx on idempotency_record (created_at);

create table stock_audit (
  id                bigint generated always as identity primary key,
  checked_at        timestamptz not null,
  checked_levels    integer not null,
  ledger_mismatches integer not null,
  oversold          integer not null,
  unbalanced_holds  integer not null,
  -- Which levels differ, and in what: [{"sku", "locationId", "problem", "expected", "actual"}], at most 100.
  differences       jsonb not null
);
