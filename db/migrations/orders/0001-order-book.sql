-- One order book for all channels.

create sequence order_number_seq start 100001;

create table "order" (
  id                 text primary key default gen_random_uuid()::text,
  number             text not null unique default nextval('order_number_seq')::text,
  channel_id         text not null,
  -- The channel's own number of the order; makes taking it in exactly-once.
  external_reference text,
  customer_id        text,
  email              text,
  status             text not null check (status in ('PLACED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'CANCELLED', 'RETURNED')),
  currency_code      text not null check (currency_code ~ '^[A-Z]{3}$'),
  total_minor        bigint not null,
  country_code       text,
  placed_at          timestamptz not null,
  updated_at         timestamptz not null default now(),
  version            integer not null default 1,
  unique (channel_id, external_reference)
);
create index order_channel_placed_idx on "order" (channel_id, placed_at desc, id desc);
create index order_placed_idx on "order" (placed_at desc, id desc);
-- The order book filtered by status is read as one short walk per status, merged: sorting all orders of a status would
-- cost more with every order ever taken.
create index order_channel_status_placed_idx on "order" (channel_id, status, placed_at desc, id desc);
create index order_status_placed_idx on "order" (status, placed_at desc, id desc);
create index order_customer_idx on "order" (customer_id, placed_at desc, id desc) where customer_id is not null;

create table order_line (
  order_id         text not null references "order" on delete cascade,
  position         integer not null,
  sku              text not null,
  -- The title at the time of the sale.
  title            text not null,
  quantity         integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  primary key (order_id, position)
);
create index order_line_sku_idx on order_line (sku);

-- What happened to an order, in the order it happened; shown to the customer.
create table order_event (
  id       bigint generated always as identity primary key,
  order_id text not null references "order" on delete cascade,
  at       timestamptz not null,
  kind     text not null check (kind in ('PLACED', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'RETURNED', 'REFUNDED')),
  message  text not null
);
create index order_event_order_idx on order_event (order_id, at, id);

-- The part of an order that one location is asked to hand over or send.
create table fulfillment_order (
  id          text primary key default gen_random_uuid()::text,
  order_id    text not null references "order" on delete cascade,
  location_id text not null,
  method      text not null check (method in ('SHIPPING', 'PICKUP', 'IN_STORE')),
  status      text not null check (status in ('REQUESTED', 'PICKING', 'READY', 'DONE', 'DECLINED', 'CANCELLED')),
  promised_by timestamptz,
  created_at  timestamptz not null
);
create index fulfillment_order_order_idx on fulfillment_order (order_id);
create index fulfillment_order_location_idx on fulfillment_order (location_id, status);

create table fulfillment_order_line (
  fulfillment_order_id text not null references fulfillment_order on delete cascade,
  order_id             text not null,
  line_position        integer not null,
  quantity             integer not null check (quantity > 0),
  primary key (fulfillment_order_id, line_position),
  foreign key (order_id, line_position) references order_line (order_id, position) on delete cascade
);

-- Goods that left, or were handed over.
create table fulfillment (
  id                   text primary key default gen_random_uuid()::text,
  fulfillment_order_id text not null references fulfillment_order on delete cascade,
  order_id             text not null references "order" on delete cascade,
  location_id          text not null,
  status               text not null check (status in ('IN_TRANSIT', 'DELIVERED', 'HANDED_OVER')),
  carrier              text,
  tracking_number      text,
  tracking_url         text,
  created_at           timestamptz not null
);
create index fulfillment_order_id_idx on fulfillment (order_id);

create table fulfillment_line (
  fulfillment_id text not null references fulfillment on delete cascade,
  order_id       text not null,
  line_position  integer not null,
  quantity       integer not null check (quantity > 0),
  primary key (fulfillment_id, line_position),
  foreign key (order_id, line_position) references order_line (order_id, position) on delete cascade
);

create table "return" (
  id                 text primary key default gen_random_uuid()::text,
  order_id           text not null references "order" on delete cascade,
  channel_id         text not null,
  external_reference text,
  status             text not null check (status in ('REQUESTED', 'RECEIVED', 'REFUNDED')),
  refund_minor       bigint not null check (refund_minor >= 0),
  created_at         timestamptz not null,
  unique (order_id, external_reference)
);
create index return_channel_created_idx on "return" (channel_id, created_at);

create table return_line (
  return_id     text not null references "return" on delete cascade,
  position      integer not null,
  order_id      text not null,
  line_position integer not null,
  quantity      integer not null check (quantity > 0),
  reason        text not null check (reason in ('UNWANTED', 'DAMAGED', 'WRONG_ITEM', 'NOT_AS_DESCRIBED', 'CANCELLED', 'OTHER')),
  primary key (return_id, position),
  foreign key (order_id, line_position) references order_line (order_id, position) on delete cascade
);
create index return_line_order_line_idx on return_line (order_id, line_position);
