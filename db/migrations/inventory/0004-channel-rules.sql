-- What keeps a channel from selling all that its locations have.

-- How many of a variant are kept back at each location of a channel. The row of a SKU goes before the one of the whole channel.
create table channel_buffer (
  channel_id text not null,
  -- '' means every variant.
  sku        text not null default '',
  kind       text not null check (kind in ('UNITS', 'PER_CENT', 'DAYS_OF_COVER')),
  amount     integer not null check (amount >= 0),
  version    integer not null default 1,
  updated_at timestamptz not null default now(),
  primary key (channel_id, sku),
  check (kind <> 'PER_CENT' or amount <= 100)
);

-- How many of a variant a channel may sell from one instant to another. At most one runs at a time.
create table channel_quota (
  id         bigint generated always as identity primary key,
  channel_id text not null,
  sku        text not null,
  starts_at  timestamptz not null,
  ends_at    timestamptz not null check (ends_at > starts_at),
  units      integer not null check (units >= 0),
  -- Held or sold under it; what is released or expires comes back.
  used       integer not null default 0 check (used >= 0),
  version    integer not null default 1,
  unique (channel_id, sku, starts_at)
);

alter table stock_hold_line add column quota_id bigint references channel_quota;
create index stock_hold_line_quota_idx on stock_hold_line (quota_id, expires_at) where is_open and quota_id is not null;
