-- Ours. They run long, so that there is always one to be seen.
insert into promotion (id, channel_id, category_id, title, basis_points_off, starts_at, ends_at) values
  ('web-bags', 'web', 'bags', 'Fifteen per cent off bags', 1500, '2024-01-01T00:00:00Z', '2036-01-01T00:00:00Z'),
  ('app-welcome', 'app', null, 'Five per cent off in the app', 500, '2024-01-01T00:00:00Z', '2036-01-01T00:00:00Z')
on conflict (id) do nothing;
