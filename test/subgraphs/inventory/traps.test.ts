import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

/*
 * Traps that other systems of this kind fall into, those that no other file has by name. Elsewhere: the same SKU on two lines
 * (holds), a bundle and its part in one cart (bundles), an absolute write racing with sales (bulk-stock), a count in the past (facts).
 */

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  for (const id of ['camden', 'soho']) await addLocation(inventory.db, id);
  await serveChannel(inventory.db, 'web', ['camden', 'soho']);
});
afterAll(async () => {
  expect(await auditNow(inventory)).toMatchObject(clean);
  await inventory.close();
});

it('trap: a split over locations that each pass alone is one order, and takes nothing when the whole is not there', async () => {
  await receive(inventory.ask, 'camden', 'SPLIT', 2);
  await receive(inventory.ask, 'soho', 'SPLIT', 2);
  const line = (quantity: number, location?: string) => ({ sku: 'SPLIT', quantity, ...(location && { location }) });
  const refused = await stock.hold({ channel: 'web', lines: [line(2, 'camden'), line(3)] });
  expect(refused.userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', availableToSell: 2 }]);
  expect(await Promise.all(['camden', 'soho'].map(async (at) => (await stock.level(at, 'SPLIT')).held))).toEqual([
    0, 0,
  ]);
  const answers = await Promise.all([1, 2, 3].map(() => stock.hold({ channel: 'web', lines: [line(3)] })));
  expect(answers.filter(({ hold }) => hold !== null)).toHaveLength(1);
});

it('trap: a hold that expires while its buyer pays is not committed, and its goods are another’s', async () => {
  await receive(inventory.ask, 'camden', 'PAID', 1);
  const { hold } = await stock.hold({ location: 'camden', sku: 'PAID', quantity: 1 });
  const past = { expires_at: new Date(Date.now() - 1) };
  await inventory.db.updateTable('stock_hold').set(past).where('id', '=', hold.id).execute();
  await inventory.db.updateTable('stock_hold_line').set(past).where('hold_id', '=', hold.id).execute();
  const [committed, other] = await Promise.all([
    stock.commit({ hold: hold.id, reference: 'late' }),
    stock.hold({ location: 'camden', sku: 'PAID', quantity: 1 }),
  ]);
  expect(committed.userErrors).toMatchObject([{ code: 'HOLD_NOT_ACTIVE', state: 'EXPIRED' }]);
  expect(other.hold).not.toBeNull();
});

it('trap: a retry after a commit whose answer was lost acts once', async () => {
  await receive(inventory.ask, 'camden', 'LOST', 5);
  const input = { location: 'camden', sku: 'LOST', quantity: 2, idempotencyKey: randomUUID() };
  const answers = stock.hold(input).catch(() => undefined);
  await inventory.cutConnections();
  await answers; // answered, refused by the cut, or done without an answer: nobody knows
  const { hold } = await stock.hold(input);
  const commit = { hold: hold.id, reference: 'order', idempotencyKey: randomUUID() };
  const lost = stock.commit(commit).catch(() => undefined);
  await inventory.cutConnections();
  await lost;
  expect((await stock.commit(commit)).userErrors).toEqual([]);
  expect(await stock.level('camden', 'LOST')).toMatchObject({ held: 0, allocated: 2, onHand: 5, sellable: 3 });
});

it.each([0, -1, 1.5, 2 ** 31])('trap: the quantity %d is refused before anything is written', async (quantity) => {
  const level = async () => (await stock.level('camden', 'COUNTED'))?.version;
  await receive(inventory.ask, 'camden', 'COUNTED', 1);
  const before = await level();
  await expect(stock.hold({ location: 'camden', sku: 'COUNTED', quantity })).rejects.toThrow();
  await expect(
    stock.sell({ location: 'camden', lines: [{ sku: 'COUNTED', quantity }], reference: 's' }),
  ).rejects.toThrow();
  expect(await level()).toBe(before);
});
