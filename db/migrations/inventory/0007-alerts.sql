-- When people want to be told that a number is low, and what they were told.

create table stock_threshold (
  scope_kind       text not null check (scope_kind in ('LOCATION', 'CHANNEL')),
  scope_id         text not null,
  -- '' means every variant; the row of a SKU goes before it.
  sku              text not null default '',
  low              integer not null check (low >= 0),
  margin           integer not null check (margin >= 1),
  back_in_stock_at integer not null check (back_in_stock_at >= 1),
  version          integer not null default 1,
  primary key (scope_kind, scope_id, sku)
);

create table stock_alert (
  id            uuid primary key,
  -- The order of lists: that in which they were raised.
  place         bigint generated always as identity,
  kind          text not null check (kind in ('LOW', 'OUT', 'BACK_IN_STOCK', 'SHORTFALL', 'OVER_QUOTA')),
  scope_kind    text not null check (scope_kind in ('LOCATION', 'CHANNEL')),
  scope_id      text not null,
  sku           text not null,
  -- The number that crossed, as it is or was last; and what it crossed.
  quantity      integer not null,
  threshold     integer,
  -- Of a shortfall: [{"kind", "id", "ownerKind", "quantity", "madeAt"}], the weakest first, at most 10.
  promises      jsonb not null default '[]',
  opened_at     timestamptz not null,
  closed_at     timestamptz,
  -- The position of the feed at which it came to be as it is.
  sequence      bigint not null,
  version       integer not null
);
-- One crossing, one alert: a second one of a kind is refused, whoever raises it.
create unique index stock_alert_open_idx on stock_alert (scope_kind, scope_id, sku, kind) where closed_at is null;
create unique index stock_alert_place_idx on stock_alert (place);
create index stock_alert_scope_idx on stock_alert (scope_kind, scope_id, place);

-- How far the feed has been looked at for alerts. Moved in the transaction that raises them, so each change is looked at once.
create table stock_alert_progress (
  is_only boolean primary key default true check (is_only),
  epoch   bigint not null,
  number  bigint not null
);
-- Of no life of the feed: the first look takes everything in as it stands.
insert into stock_alert_progress (epoch, number) values (0, 0);
