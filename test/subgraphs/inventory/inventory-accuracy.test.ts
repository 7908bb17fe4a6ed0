import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;

beforeAll(async () => {
  inventory = await openInventory();
  for (const id of ['camden', 'soho']) await addLocation(inventory.db, id);
  await serveChannel(inventory.db, 'web', ['camden']);
});
afterAll(() => inventory.close());

async function accuracy(from: string, to: string, channel = 'web') {
  const { data, code } = await inventory.ask(
    `query ($r: [_Any!]!, $from: Date!, $to: Date!) { _entities(representations: $r) { ... on Channel {
       inventoryAccuracy(from: $from, to: $to) { value target numerator denominator } } } }`,
    { r: [{ __typename: 'Channel', id: channel }], from, to },
  );
  return code ?? data._entities[0].inventoryAccuracy;
}

it('a channel’s inventory is as right as the counts at its locations found it', async () => {
  const stock = stockOperations(inventory.ask);
  const receive = (location: string, sku: string, occurredAt: string) =>
    stock.adjust({ location, sku, delta: 5, reason: 'RECEIVED', reference: 'r', occurredAt });
  const count = (location: string, sku: string, counted: number, countedAt: string) =>
    stock.count({ location, counts: [{ sku, counted, countedAt }] });
  for (const sku of ['A', 'B', 'C']) await receive('camden', sku, '2011-07-01T00:00:00Z');
  await receive('soho', 'A', '2011-07-01T00:00:00Z');
  await count('camden', 'A', 5, '2011-07-02T12:00:00Z');
  await count('camden', 'B', 4, '2011-07-02T23:59:59Z');
  await count('camden', 'C', 5, '2011-07-03T00:00:00Z');
  await count('soho', 'A', 1, '2011-07-02T12:00:00Z'); // does not serve the channel
  expect(await accuracy('2011-07-02', '2011-07-02')).toEqual({
    value: 0.5,
    target: 0.97,
    numerator: 1,
    denominator: 2,
  });
  expect(await accuracy('2011-07-02', '2011-07-03')).toMatchObject({ numerator: 2, denominator: 3 });
  // Two more goods that came before the count and are told of late: the count stays what it found, and is one count.
  await stock.adjust({
    location: 'camden',
    sku: 'A',
    delta: 2,
    reason: 'RECEIVED',
    reference: 'r',
    occurredAt: '2011-07-01T06:00:00Z',
  });
  await count('camden', 'B', 9, '2011-07-01T12:00:00Z'); // older than the last: without effect
  expect(await accuracy('2011-07-01', '2011-07-03')).toMatchObject({ numerator: 2, denominator: 3 });
  expect(await accuracy('2012-01-01', '2012-01-31')).toEqual({
    value: null,
    target: 0.97,
    numerator: 0,
    denominator: 0,
  });
  expect(await accuracy('2011-07-02', '2011-07-02', 'nobody')).toMatchObject({ denominator: 0 });
  expect(await accuracy('2011-07-03', '2011-07-02')).toBe('BAD_USER_INPUT');
  expect(await accuracy('2011-07-03', '2014-07-02')).toBe('BAD_USER_INPUT');
});
