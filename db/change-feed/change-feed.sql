-- The log of this owner's committed changes, in the order in which every reader gets them. See db/change-feed.
-- (A copy of db/change-feed/change-feed.sql; a test compares them.)

create table change (
  -- The order of writing. Rows with a smaller id may become visible later, so readers never go by it.
  -- Its sequence must keep its cache of 1: sessions that draw numbers ahead would reorder the changes of a key.
  id          bigint generated always as identity primary key,
  -- The place in the feed, without holes; given by the sequencer after the commit.
  number      bigint,
  topic       text not null,
  scope       text not null,
  key         text not null,
  version     bigint not null,
  payload     jsonb not null,
  recorded_at timestamptz not null default clock_timestamp()
);
-- Readers: everything after a number, or one scope's part of it.
create unique index change_number_idx on change (number) where number is not null;
create index change_scope_idx on change (topic, scope, number) where number is not null;
-- The sequencer: what has no number yet. Holds a handful of rows at any time.
create index change_unnumbered_idx on change (id) where number is null;
-- Rows come in without a number and are soon rewritten with one. Dead rows pile up in the index above, so vacuum early and at a fixed count:
-- a fraction of the whole table would be far too late.
alter table change set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, fillfactor = 80);

create table change_feed_state (
  is_only     boolean primary key default true check (is_only),
  -- Which life of the feed this is; a restore begins a new one. Milliseconds since 1970, so that no two lives share one.
  epoch       bigint not null,
  last_number bigint not null default 0,
  pruned_to   bigint not null default 0,
  cursor_key  bytea not null,
  -- Another one than noted here means that the database was restored or copied.
  database_identity text not null
);
insert into change_feed_state (epoch, cursor_key, database_identity)
  values (
    floor(extract(epoch from clock_timestamp()) * 1000),
    -- 244 random bits from the server's strong source.
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    ''
  );
