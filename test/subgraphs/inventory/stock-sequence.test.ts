import { afterAll, beforeAll, expect, it } from 'vitest';
import { sequenceChanges } from '../../../db/change-feed/sequence.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { receive } from './stock-operations.ts';

let inventory: OpenInventory;

beforeAll(async () => {
  inventory = await openInventory();
  await addLocation(inventory.db, 'camden');
  await serveChannel(inventory.db, 'web', ['camden']);
});
afterAll(() => inventory.close());

const query = `{ _entities(representations: [{ __typename: "ProductVariant", sku: "MUG" }]) { ... on ProductVariant {
  stockLevel(location: "camden") { version asOf sequence }
  availability(channel: "web") { asOf sequence pickup(near: { latitude: 51, longitude: 0 }) { asOf sequence } } } } }`;

async function read() {
  const { data } = await inventory.ask(query);
  return data._entities[0];
}

it('every number tells when it was read, and which change of the feed is the last that is in it', async () => {
  await receive(inventory.ask, 'camden', 'MUG', 5);
  await sequenceChanges(inventory.db);
  const first = await read();
  expect(first.stockLevel.sequence).toBe(1);
  expect(first.availability).toMatchObject({ sequence: 1, pickup: [{ sequence: 1, asOf: expect.any(String) }] });
  await receive(inventory.ask, 'camden', 'MUG', 1);
  const unnumbered = await read();
  expect(unnumbered.stockLevel).toMatchObject({ version: 2, sequence: 1 }); // later changes may be in it too
  await sequenceChanges(inventory.db);
  const numbered = await read();
  expect([numbered.stockLevel.sequence, numbered.availability.sequence]).toEqual([2, 2]);
  expect(Date.parse(numbered.stockLevel.asOf)).toBeGreaterThanOrEqual(Date.parse(first.stockLevel.asOf));
});

it('a number read while others write and number holds every change that its sequence promises', async () => {
  let isOver = false;
  const numbering = (async () => {
    while (!isOver) await sequenceChanges(inventory.db);
  })();
  const seen: { version: number; sequence: number }[] = [];
  const reading = (async () => {
    while (!isOver) seen.push((await read()).stockLevel);
  })();
  const writing = Array.from({ length: 3 }, async () => {
    for (let i = 0; i < 12; i += 1) await receive(inventory.ask, 'camden', 'MUG', 1);
  });
  await Promise.all(writing);
  isOver = true;
  await Promise.all([numbering, reading]);
  const changes = await inventory.db
    .selectFrom('change')
    .select(['number', 'version'])
    .where('number', 'is not', null)
    .execute();
  expect(seen.length).toBeGreaterThan(5);
  for (const { version, sequence } of seen) {
    for (const change of changes) {
      if (Number(change.number) <= sequence) expect(change.version).toBeLessThanOrEqual(version);
    }
  }
});
