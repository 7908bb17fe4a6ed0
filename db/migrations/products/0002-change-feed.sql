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

-- The sequencer's step: numbers the changes that are visible and have no number, in the order of writing, and says how many.
-- One call does it all inside the server, so that a caller who stalls or is killed never holds the lock.
-- The lock comes first and alone: each statement after it sees everything that an earlier holder did.
-- Read committed only: under repeatable read the second statement would still look at the world before the lock.
create function number_changes(at_most integer) returns integer language plpgsql set search_path from current
  -- The statistics lag far behind a table like this one; without these a stale plan may walk all of it.
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  last bigint;
  numbered integer;
begin
  perform from change where number is null limit 1;
  if not found then return 0; end if;
  select last_number into strict last from change_feed_state for update;
  with batch as (
    select id, row_number() over (order by id) as place
    from (select id from change where number is null order by id limit at_most) as unnumbered
  )
  update change set number = last + batch.place from batch where change.id = batch.id;
  get diagnostics numbered = row_count;
  update change_feed_state set last_number = last + numbered where numbered > 0;
  return numbered;
end $$;
