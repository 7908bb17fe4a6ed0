-- One profile a person, however many names the channels know them by.

create table customer (
  id           text primary key default gen_random_uuid()::text,
  display_name text not null,
  country_code text check (country_code ~ '^[A-Z]{2}$'),
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  -- After a merge the old id goes on resolving to the profile that was kept.
  merged_into  text references customer check (merged_into <> id)
);
create index customer_merged_idx on customer (merged_into) where merged_into is not null;

create table customer_identity (
  customer_id text not null references customer,
  kind        text not null check (kind in ('EMAIL', 'PHONE', 'LOYALTY_CARD', 'EXTERNAL_ID')),
  -- As compared: e-mail in lower case, digits only for phones.
  value       text not null,
  source      text not null,
  verified    boolean not null default false,
  created_at  timestamptz not null default now(),
  primary key (kind, value, source)
);
create index customer_identity_customer_idx on customer_identity (customer_id);

-- What a customer did, on which channel: the history that figures and timelines are made of.
create table interaction (
  id          bigint generated always as identity primary key,
  customer_id text not null references customer,
  channel_id  text not null,
  kind        text not null check (kind in ('ORDERED', 'RETURNED')),
  -- The owner's id of what happened (an order's id): the same happening is recorded once.
  reference   text not null,
  summary     text not null,
  occurred_at timestamptz not null,
  unique (kind, reference)
);
create index interaction_customer_idx on interaction (customer_id, occurred_at desc, id desc) include (kind, channel_id);
create index interaction_channel_idx on interaction (channel_id, kind, occurred_at);
