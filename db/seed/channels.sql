insert into channel (id, name, kind, currency_code, locale) values
  ('web', 'Web shop', 'WEB', 'GBP', 'en-GB'),
  ('app', 'App', 'APP', 'GBP', 'en-GB'),
  ('pos', 'Tills', 'POS', 'USD', 'en-US'),
  ('marketplace-craftfair', 'Craftfair marketplace', 'MARKETPLACE', 'GBP', 'en-GB')
on conflict (id) do nothing;
