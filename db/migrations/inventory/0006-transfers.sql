-- Goods on their way from one location to another.

create table stock_transfer (
  id               uuid primary key,
  from_location_id text not null references location,
  to_location_id   text not null references location check (to_location_id <> from_location_id),
  reference        text not null,
  actor            text not null,
  sent_at          timestamptz not null,
  -- When the last of it was received, or given up.
  closed_at        timestamptz
);

create table stock_transfer_line (
  transfer_id uuid not null references stock_transfer,
  sku         text not null,
  sent        integer not null check (sent > 0),
  received    integer not null default 0 check (received >= 0),
  -- How many of the received came damaged.
  damaged     integer not null default 0 check (damaged between 0 and received),
  primary key (transfer_id, sku)
);
