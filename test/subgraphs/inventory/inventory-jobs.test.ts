import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startInventoryJobs } from '../../../subgraphs/inventory/start-inventory-jobs.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, addManyLocations, serveChannel } from './shops.ts';
import { receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;

beforeAll(async () => {
  inventory = await openInventory();
  await addLocation(inventory.db, 'camden');
});
afterAll(() => inventory.close());

it('the jobs give back what expired, forget old keys, and audit, until they are closed', async () => {
  const { db, ask } = inventory;
  const stock = stockOperations(ask);
  await receive(ask, 'camden', 'MUG', 5);
  const { hold } = await stock.hold({ location: 'camden', sku: 'MUG', quantity: 2 });
  const past = { expires_at: new Date(Date.now() - 1_000) };
  await db.updateTable('stock_hold').set(past).execute();
  await db.updateTable('stock_hold_line').set(past).execute();
  const old = { fingerprint: 'f', answer: '{}', created_at: new Date(Date.now() - 31 * 86_400_000) };
  await db
    .insertInto('idempotency_record')
    .values({ key: 'old', ...old })
    .execute();

  const errors: unknown[] = [];
  const jobs = startInventoryJobs({ db, onError: (error) => void errors.push(error) });
  try {
    await waitUntil('the hold is given back', async () => (await stock.level('camden', 'MUG')).held === 0, 10_000);
    const isForgotten = async () =>
      (await db.selectFrom('idempotency_record').select('key').where('key', '=', 'old').executeTakeFirst()) ===
      undefined;
    await waitUntil('the old key is forgotten', isForgotten, 10_000);
    await waitUntil(
      'an audit is there',
      async () => (await db.selectFrom('stock_audit').selectAll().execute()).length === 1,
      10_000,
    );
  } finally {
    await jobs.close();
    await jobs.close();
  }
  expect(errors).toEqual([]);
  const row = await db.selectFrom('stock_hold').selectAll().where('id', '=', hold.id).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ state: 'EXPIRED', ended_at: row.expires_at });
});

it('the jobs keep sums of what lies at many locations, and of nothing else', async () => {
  const { db } = inventory;
  await addManyLocations(db, 201);
  const shops = Array.from({ length: 201 }, (_, i) => `shop-${i + 1}`);
  await serveChannel(db, 'web', shops);
  await sql`
    insert into stock_level (sku, location_id, on_hand)
    select sku, 'shop-' || n, 3 from generate_series(1, 201) as n, unnest(array['EVERYWHERE', 'ALMOST']) as sku
     where sku = 'EVERYWHERE' or n < 201`.execute(db);
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  // As two processes have them.
  const jobs = [1, 2].map(() =>
    startInventoryJobs({ db, onError, crowdsEveryMs: 20, sumsEveryMs: 20, foldEveryMs: 20 }),
  );
  const findSums = () => db.selectFrom('stock_sum').selectAll().execute();
  try {
    await waitUntil('the sum is there', async () => (await findSums()).length === 1, 10_000);
  } finally {
    for (const job of jobs) await job.close();
  }
  expect(errors).toEqual([]);
  const [sum] = await findSums();
  expect(sum).toMatchObject({ sku: 'EVERYWHERE', channel_id: 'web', buffer_units: 0 });
  const { rows } = await sql<{ sku: string; dirty: number }>`
    select sku, count(*)::integer as dirty from stock_level where sellable <> folded_sellable group by sku order by sku`.execute(
    db,
  );
  expect(rows.find(({ sku }) => sku === 'ALMOST')?.dirty).toBe(200);
  expect(rows.find(({ sku }) => sku === 'EVERYWHERE')?.dirty ?? 0).toBeLessThanOrEqual(16);
});
