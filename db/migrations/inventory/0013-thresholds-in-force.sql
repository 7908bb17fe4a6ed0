-- The thresholds of locations as far as alerts have looked at the feed. A change is judged by the threshold it was made under, however far behind the look is.

create table stock_threshold_in_force (
  location_id      text not null,
  -- '' means every variant; the row of a SKU goes before it.
  sku              text not null,
  low              integer not null,
  margin           integer not null,
  back_in_stock_at integer not null,
  primary key (location_id, sku)
);
insert into stock_threshold_in_force (location_id, sku, low, margin, back_in_stock_at)
select scope_id, sku, low, margin, back_in_stock_at from stock_threshold where scope_kind = 'LOCATION';
