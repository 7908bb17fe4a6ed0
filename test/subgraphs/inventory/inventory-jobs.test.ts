import { afterAll, beforeAll, expect, it } from 'vitest';
import { startInventoryJobs } from '../../../subgraphs/inventory/start-inventory-jobs.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';
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
