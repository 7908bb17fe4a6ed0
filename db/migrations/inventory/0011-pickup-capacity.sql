-- How many units a shop can take from its shelves and put aside for customers; null for as many as come.
alter table location
  add column pickups_per_hour integer check (pickups_per_hour between 1 and 100000),
  add column pickups_per_day  integer check (pickups_per_day between 1 and 100000);
