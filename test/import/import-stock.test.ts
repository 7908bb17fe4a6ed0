import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type OpenImport, openImport } from './open-import.ts';

let files: OpenImport;
beforeAll(async () => {
  files = await openImport();
});
afterAll(() => files.close());
beforeEach(async () => {
  await files.clear();
  await files.run('products', 'product,sku,title\na,A,First\nb,B,Second\n', { channel: 'web' });
});

const stock = (rows: readonly string[]) =>
  `location,sku,on_hand,safety_stock\n${rows.map((row) => `warehouse-coventry,${row}\n`).join('')}`;
const readLevels = () =>
  files.database.query('select sku, on_hand, safety_stock, sellable from inventory.stock_level order by sku');
const readMovements = () =>
  files.database.query(
    'select sku, kind, quantity, on_hand_after, cause_kind from inventory.stock_movement order by id',
  );

test('goods on a new shelf are received, another number is an adjustment, the same number is nothing', async () => {
  const first = await files.run('stock', stock(['A,10,2', 'B,0,']));
  expect(first.report.records).toEqual({ 'stock levels': { created: 2, changed: 0, unchanged: 0, refused: 0 } });
  const again = await files.run('stock', stock(['A,10,2', 'B,0,']));
  expect(again.report.records).toEqual({ 'stock levels': { created: 0, changed: 0, unchanged: 2, refused: 0 } });
  const less = await files.run('stock', stock(['A,7,2', 'B,0,']));
  expect(less.report.records).toEqual({ 'stock levels': { created: 0, changed: 1, unchanged: 1, refused: 0 } });
  expect(await readLevels()).toEqual([
    { sku: 'A', on_hand: 7, safety_stock: 2, sellable: 5 },
    { sku: 'B', on_hand: 0, safety_stock: 0, sellable: 0 },
  ]);
  expect(await readMovements()).toEqual([
    { sku: 'A', kind: 'RECEIVED', quantity: 10, on_hand_after: 10, cause_kind: 'IMPORT' },
    { sku: 'B', kind: 'RECEIVED', quantity: 0, on_hand_after: 0, cause_kind: 'IMPORT' },
    { sku: 'A', kind: 'ADJUSTED', quantity: -3, on_hand_after: 7, cause_kind: 'IMPORT' },
  ]);
});

test('the ledger adds up to the counters', async () => {
  for (const count of [5, 3, 9]) await files.run('stock', stock([`A,${count},`, `B,${count * 2},1`]));
  expect(
    await files.database.query(`select sku from inventory.stock_level where on_hand <> (select sum(on_hand_change) from inventory.stock_movement
      where (stock_movement.sku, stock_movement.location_id) = (stock_level.sku, stock_level.location_id))`),
  ).toEqual([]);
});

test('unknown goods and places, and what is no count, are refused', async () => {
  const text = `${stock(['Z,1,', 'A,-1,', 'A,1.5,', 'A,2147483648,', 'A,,'])}nowhere,A,1,\n`;
  const { report, lines } = await files.run('stock', text);
  expect(report.rows).toEqual({ read: 6, taken: 0, merged: 0, refused: 6 });
  expect(lines.map(({ line, reason }) => [line, reason]).sort()).toEqual([
    [2, 'SKU: unknown'],
    [3, 'on hand: outside 0 to 2147483647'],
    [4, 'on hand: not a whole number'],
    [5, 'on hand: outside 0 to 2147483647'],
    [6, 'on hand: not a whole number'],
    [7, 'location: unknown'],
  ]);
  expect(await readLevels()).toEqual([]);
});

test('of two rows for one shelf the later counts', async () => {
  await files.run('stock', stock(['A,4,', 'A,6,']));
  expect(await readLevels()).toEqual([{ sku: 'A', on_hand: 6, safety_stock: 0, sellable: 6 }]);
});
