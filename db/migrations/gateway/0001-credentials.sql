-- API keys and device tokens: whose they are and what they may. The keys themselves are nowhere.

create table credential (
  -- By which a key is looked up: it stands in the key, and is no secret.
  prefix     text primary key check (prefix ~ '^[0-9a-f]{12}$'),
  -- HMAC-SHA-256 of the whole key with the server's key.
  hash       bytea not null check (octet_length(hash) = 32),
  kind       text not null check (kind <> '' and kind <> 'anonymous'),
  -- Stays the same when a key is rotated: for a while it then has two.
  holder     text not null check (holder <> ''),
  scopes     text[] not null default '{}',
  attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  -- For people, such as whose shelf the device hangs on.
  note       text not null default '',
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  -- Raised by every change, so that gateways see what they must forget.
  revision   integer not null default 1
);
create index credential_holder_idx on credential (kind, holder);
