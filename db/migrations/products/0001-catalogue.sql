-- The catalogue: what is sold, through which channel, at which price.

create table channel (
  id            text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name          text not null,
  kind          text not null check (kind in ('WEB', 'APP', 'POS', 'MARKETPLACE')),
  currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
  locale        text not null
);

create table category (
  id        text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name      text not null,
  parent_id text references category
);

create table product (
  id          text primary key default gen_random_uuid()::text,
  handle      text not null unique check (handle ~ '^[a-z0-9][a-z0-9-]{0,127}$'),
  title       text not null check (length(title) between 1 and 300),
  description text not null default '',
  -- Where the record came from. An import finds its own rows again by (source, source_key).
  source      text not null,
  source_key  text not null,
  version     integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  search      tsvector generated always as (
                setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', description), 'B')
              ) stored,
  unique (source, source_key)
);
create index product_search_idx on product using gin (search);
create index product_title_trgm_idx on product using gin (title gin_trgm_ops);
create index product_updated_idx on product (updated_at, id);

create table product_category (
  product_id  text not null references product on delete cascade,
  category_id text not null references category,
  primary key (category_id, product_id)
);
create index product_category_product_idx on product_category (product_id);

create table product_attribute (
  product_id text not null references product on delete cascade,
  name       text not null,
  value      text not null,
  position   smallint not null default 0,
  primary key (product_id, name, value)
);
create index product_attribute_value_idx on product_attribute (name, value);

create table product_media (
  product_id text not null references product on delete cascade,
  position   smallint not null,
  url        text not null check (url ~ '^https?://'),
  alt        text not null default '',
  primary key (product_id, position)
);

create table variant (
  sku        text primary key check (sku ~ '^[!-~]{1,64}$'),
  product_id text not null references product on delete cascade,
  -- 8, 12, 13 or 14 digits with a right check digit; the importer normalises.
  gtin       text unique check (gtin ~ '^([0-9]{8}|[0-9]{12,14})$'),
  title      text not null,
  options    jsonb not null default '[]',
  position   integer not null default 0
);
create index variant_product_idx on variant (product_id, position, sku);

-- A product is on sale in a channel when it is listed there. A null title or description means: as in the product.
create table listing (
  channel_id  text not null references channel,
  product_id  text not null references product on delete cascade,
  title       text,
  description text,
  listed_at   timestamptz not null default now(),
  -- The lowest list price among the product's variants, written by whoever writes a price: lists are sorted by it.
  -- Null while nothing of it has a price in the channel.
  lowest_price_minor bigint,
  primary key (channel_id, product_id)
);
create index listing_product_idx on listing (product_id);
create index listing_price_idx on listing (channel_id, lowest_price_minor, product_id);

create table price (
  channel_id       text not null references channel,
  sku              text not null references variant on delete cascade,
  amount_minor     bigint not null check (amount_minor >= 0),
  compare_at_minor bigint check (compare_at_minor > amount_minor),
  updated_at       timestamptz not null default now(),
  primary key (channel_id, sku)
);
create index price_sku_idx on price (sku);

-- A percentage off in one channel for a time; category_id null means the whole channel.
create table promotion (
  id                text primary key,
  channel_id        text not null references channel,
  category_id       text references category,
  title             text not null,
  basis_points_off  integer not null check (basis_points_off between 1 and 10000),
  starts_at         timestamptz not null,
  ends_at           timestamptz not null check (ends_at > starts_at)
);
create index promotion_channel_idx on promotion (channel_id, ends_at);
