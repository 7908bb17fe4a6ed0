-- Variants that are sold as one and lie on the shelf as several. They have no levels of their own: all that moves is their parts.

create table stock_bundle (
  sku     text primary key,
  version integer not null default 1
);

create table stock_bundle_part (
  bundle_sku text not null references stock_bundle on delete cascade,
  part_sku   text not null check (part_sku <> bundle_sku),
  quantity   integer not null check (quantity between 1 and 1000),
  primary key (bundle_sku, part_sku)
);
-- A part must not be a bundle: whoever sets one looks for it here.
create index stock_bundle_part_part_idx on stock_bundle_part (part_sku);
