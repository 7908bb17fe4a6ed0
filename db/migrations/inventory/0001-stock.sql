-- Where goods are, and how many.

create table location (
  id              text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name            text not null,
  kind            text not null check (kind in ('STORE', 'WAREHOUSE')),
  address_lines   text[] not null,
  city            text not null,
  region          text,
  postal_code     text not null,
  country_code    text not null check (country_code ~ '^[A-Z]{2}$'),
  latitude        double precision not null check (latitude between -90 and 90),
  longitude       double precision not null check (longitude between -180 and 180),
  time_zone       text not null,
  -- [{"day": 1..7 (Monday is 1), "opens": "10:00", "closes": "21:30"}]; an empty list means not open to the public.
  hours           jsonb not null default '[]',
  -- Null when the coordinates agree with the postal code, else what is wrong with them.
  coordinates_doubt text,
  source          text not null,
  source_key      text not null,
  updated_at      timestamptz not null default now(),
  unique (source, source_key)
);
create index location_place_idx on location using gist (ll_to_earth(latitude, longitude));

-- Which locations serve a channel, and in which order (1 first).
create table channel_location (
  channel_id  text not null,
  location_id text not null references location,
  priority    integer not null,
  primary key (channel_id, location_id)
);
create index channel_location_location_idx on channel_location (location_id);

create table stock_level (
  sku          text not null,
  location_id  text not null references location,
  on_hand      integer not null default 0,
  unavailable  integer not null default 0 check (unavailable >= 0),
  allocated    integer not null default 0 check (allocated >= 0),
  held         integer not null default 0 check (held >= 0),
  incoming     integer not null default 0 check (incoming >= 0),
  safety_stock integer not null default 0 check (safety_stock >= 0),
  -- Raised by one with every change of the row, under its lock.
  version      bigint not null default 1,
  updated_at   timestamptz not null default now(),
  sellable     integer generated always as (on_hand - unavailable - allocated - held - safety_stock) stored,
  primary key (sku, location_id)
);
create index stock_level_location_idx on stock_level (location_id, sku);

-- Append-only: the only writer of the counters above, with their values after it.
create table stock_movement (
  id             bigint generated always as identity primary key,
  sku            text not null,
  location_id    text not null,
  kind           text not null check (kind in ('RECEIVED', 'ALLOCATED', 'SHIPPED', 'RELEASED', 'SOLD', 'RETURNED',
                                               'ADJUSTED', 'COUNTED', 'TRANSFER_OUT', 'TRANSFER_IN')),
  quantity       integer not null,
  on_hand_after  integer not null,
  allocated_after integer not null,
  version        bigint not null,
  actor          text not null,
  cause_kind     text not null,
  cause_id       text not null,
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null default now(),
  foreign key (sku, location_id) references stock_level,
  unique (sku, location_id, version)
);
