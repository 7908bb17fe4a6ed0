import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, addManyLocations, serveChannel } from './shops.ts';

let inventory: OpenInventory;
const always = JSON.stringify([1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '00:00', closes: '24:00' })));

beforeAll(async () => {
  inventory = await openInventory();
  const { db } = inventory;
  await addLocation(db, 'camden', { latitude: 51.54, longitude: -0.14, hours: always });
  await addLocation(db, 'brighton', { latitude: 50.82, longitude: -0.14 });
  await addLocation(db, 'leeds', { latitude: 53.8, longitude: -1.55 });
  await addLocation(db, 'depot', { kind: 'WAREHOUSE' });
  await serveChannel(db, 'web', ['depot', 'camden', 'brighton']);
  await serveChannel(db, 'pos', ['leeds']);
  await sql`
    insert into stock_level (sku, location_id, on_hand, unavailable, allocated, held, safety_stock) values
      ('MUG', 'depot', 50, 1, 2, 3, 4), ('MUG', 'camden', 3, 0, 0, 0, 0), ('MUG', 'leeds', 7, 0, 0, 0, 0),
      ('MUG', 'brighton', 1, 0, 0, 0, 9), ('CUP', 'camden', 2, 0, 0, 0, 0), ('CUP', 'brighton', 9, 0, 0, 0, 0)`.execute(
    db,
  );
});
afterAll(() => inventory.close());

const variants =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ProductVariant { FIELDS } } }';
const ask = async (skus: readonly string[], fields: string) => {
  const { data, errors } = await inventory.ask(variants.replace('FIELDS', fields), {
    representations: skus.map((sku) => ({ __typename: 'ProductVariant', sku })),
  });
  expect(errors).toBeUndefined();
  return data._entities;
};

describe('availability', () => {
  it('is what the channel’s locations can sell, none of them below zero', async () => {
    const [mug, cup, none] = await ask(
      ['MUG', 'CUP', 'NONE'],
      'web: availability(channel: "web") { status availableToSell limitedBy asOf } pos: availability(channel: "pos") { availableToSell status }',
    );
    // depot 50-1-2-3-4 = 40, camden 3, and brighton is 8 short of its safety stock, which takes nothing from the others.
    expect(mug.web).toMatchObject({ status: 'IN_STOCK', availableToSell: 43, limitedBy: 'STOCK' });
    expect(Math.abs(Date.parse(mug.web.asOf) - Date.now())).toBeLessThan(60_000);
    expect(mug.pos).toEqual({ status: 'IN_STOCK', availableToSell: 7 });
    expect(cup.pos).toEqual({ status: 'OUT_OF_STOCK', availableToSell: 0 });
    expect(none.web).toMatchObject({ status: 'OUT_OF_STOCK', availableToSell: 0, limitedBy: 'STOCK' });
  });

  it('is nothing for a channel that nobody serves, whatever its name holds', async () => {
    const [mug] = await ask(
      ['MUG'],
      'a: availability(channel: "fax") { availableToSell limitedBy } b: availability(channel: "\\u0000") { availableToSell limitedBy }',
    );
    expect(mug.a).toEqual({ availableToSell: 0, limitedBy: 'NO_LOCATION' });
    expect(mug.b).toEqual(mug.a);
  });

  it('warns when five or fewer are left', async () => {
    await addLocation(inventory.db, 'kiosk');
    await serveChannel(inventory.db, 'kiosk', ['kiosk']);
    await sql`insert into stock_level (sku, location_id, on_hand) values ('S6', 'kiosk', 6), ('S5', 'kiosk', 5)`.execute(
      inventory.db,
    );
    const [six, five] = await ask(['S6', 'S5'], 'availability(channel: "kiosk") { status }');
    expect([six.availability.status, five.availability.status]).toEqual(['IN_STOCK', 'LOW_STOCK']);
  });

  it('costs the same statements for one variant as for a page, also over a thousand locations', async () => {
    const { db, statements } = inventory;
    await addManyLocations(db, 1_000);
    await serveChannel(
      db,
      'everywhere',
      Array.from({ length: 1_000 }, (_, i) => `shop-${i + 1}`),
    );
    await sql`insert into stock_level (sku, location_id, on_hand)
              select 'V' || v, 'shop-' || n, 1 from generate_series(1, 24) v, generate_series(1, 1000) n`.execute(db);
    const skus = Array.from({ length: 24 }, (_, i) => `V${i + 1}`);
    const fields = `stockLevel(location: "shop-1") { onHand location { id } }
      a: availability(channel: "everywhere") { availableToSell pickup(near: { latitude: 51, longitude: 0 }) { distanceKm location { id } } }
      b: availability(channel: "web") { availableToSell }`;
    statements.length = 0;
    await ask(['V1'], fields);
    const forOne = statements.length;
    statements.length = 0;
    const page = await ask(skus, fields);
    expect(statements).toHaveLength(forOne);
    // Levels, availability, pickup, and the locations of the levels.
    expect(forOne).toBe(4);
    expect(page.map((variant: { a: { availableToSell: number } }) => variant.a.availableToSell)).toEqual(
      skus.map(() => 1_000),
    );
  });
});

describe('pickup', () => {
  const pickup = (more = '') =>
    `availability(channel: "web") { pickup(near: { latitude: 50.9, longitude: -0.14 }${more}) { location { id } distanceKm availableToSell readyBy } }`;

  it('names the nearest shops of the channel that have it, nearest first, warehouses left out', async () => {
    const [cup, mug, none] = await ask(['CUP', 'MUG', 'NONE'], pickup());
    expect(cup.availability.pickup.map((option: { location: { id: string } }) => option.location.id)).toEqual([
      'brighton',
      'camden',
    ]);
    expect(mug.availability.pickup).toHaveLength(1);
    expect(mug.availability.pickup[0]).toMatchObject({ location: { id: 'camden' }, availableToSell: 3 });
    expect(none.availability.pickup).toEqual([]);
    const [first] = await ask(['CUP'], pickup(', first: 1'));
    expect(first.availability.pickup).toHaveLength(1);
  });

  it('is ready after two opening hours, and promises nothing where no hours are known', async () => {
    const [cup] = await ask(['CUP'], pickup());
    const [brighton, camden] = cup.availability.pickup;
    expect(brighton.readyBy).toBeNull();
    expect(Math.abs(Date.parse(camden.readyBy) - Date.now() - 7_200_000)).toBeLessThan(60_000);
  });

  it('is empty when one does not say where one is', async () => {
    const [cup] = await ask(['CUP'], 'availability(channel: "web") { pickup { distanceKm } }');
    expect(cup.availability.pickup).toEqual([]);
  });
});

describe('a stock level', () => {
  it('explains its number, and is found again by its id', async () => {
    const [mug] = await ask(
      ['MUG'],
      'stockLevel(location: "depot") { id onHand unavailable allocated held incoming safetyStock sellable version variant { sku } location { id } updatedAt } none: stockLevel(location: "moon") { id }',
    );
    expect(mug.stockLevel).toMatchObject({
      onHand: 50,
      unavailable: 1,
      allocated: 2,
      held: 3,
      incoming: 0,
      safetyStock: 4,
      sellable: 40,
    });
    expect(mug.stockLevel.variant.sku).toBe('MUG');
    expect(mug.none).toBeNull();
    const { data } = await inventory.ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on StockLevel { onHand location { id } } } }',
      { r: [mug.stockLevel.id, 'nonsense', ''].map((id) => ({ __typename: 'StockLevel', id })) },
    );
    expect(data._entities).toEqual([{ onHand: 50, location: { id: 'depot' } }, null, null]);
  });
});
