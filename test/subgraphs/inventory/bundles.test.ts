import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
let stock: ReturnType<typeof stockOperations>;

beforeAll(async () => {
  inventory = await openInventory();
  stock = stockOperations(inventory.ask);
  for (const id of ['camden', 'soho']) await addLocation(inventory.db, id);
  await serveChannel(inventory.db, 'web', ['camden', 'soho']);
  await setParts('TEA-SET', [
    { sku: 'POT', quantity: 1 },
    { sku: 'CUP', quantity: 4 },
  ]);
  await receive(inventory.ask, 'camden', 'POT', 3);
  await receive(inventory.ask, 'camden', 'CUP', 9);
  await receive(inventory.ask, 'soho', 'POT', 1);
  await receive(inventory.ask, 'soho', 'CUP', 3);
});
afterAll(() => inventory.close());

async function setParts(sku: string, parts: readonly object[], more: Record<string, unknown> = {}) {
  const { data, errors, code } = await inventory.ask(
    `mutation ($input: SetBundlePartsInput!) { setBundleParts(input: $input) {
       variant { sku bundleParts { sku quantity } } parts { sku quantity } version replayed userErrors { code path } } }`,
    { input: { sku, parts, idempotencyKey: randomUUID(), ...more } },
  );
  return errors === undefined ? data.setBundleParts : { code };
}

async function availability(sku: string) {
  const { data } = await inventory.ask(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ProductVariant {
       availability(channel: "web") { availableToSell limitedBy status } } } }`,
    { r: [{ __typename: 'ProductVariant', sku }] },
  );
  return data._entities[0].availability;
}

const heldAt = async (location: string) =>
  Object.fromEntries(
    (
      await inventory.db.selectFrom('stock_level').select(['sku', 'held']).where('location_id', '=', location).execute()
    ).map(({ sku, held }) => [sku, held]),
  );

describe('a bundle', () => {
  it('is there as often, at each location, as the part that is there for the fewest', async () => {
    expect(await availability('TEA-SET')).toMatchObject({
      availableToSell: 2,
      limitedBy: 'STOCK',
      status: 'LOW_STOCK',
    }); // 9 cups make two, soho's 3 none
    expect(await availability('CUP')).toMatchObject({ availableToSell: 12 });
  });

  it('takes its parts from one location, and gives them back', async () => {
    const { hold } = await stock.hold({ channel: 'web', lines: [{ sku: 'TEA-SET', quantity: 2 }] });
    expect(hold.lines).toEqual([
      { quantity: 8, variant: { sku: 'CUP' }, location: { id: 'camden' } },
      { quantity: 2, variant: { sku: 'POT' }, location: { id: 'camden' } },
    ]);
    expect(await availability('TEA-SET')).toMatchObject({ availableToSell: 0, status: 'OUT_OF_STOCK' });
    const refused = await stock.hold({ channel: 'web', lines: [{ sku: 'TEA-SET', quantity: 1 }] });
    expect(refused.userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', sku: 'TEA-SET', availableToSell: 0 }]);
    await stock.release({ hold: hold.id });
    expect(await heldAt('camden')).toEqual({ CUP: 0, POT: 0 });
  });

  it('trap: a bundle and its part in one cart are summed', async () => {
    // Each line alone would pass: two sets take 8 of 9 cups, and 2 more are on the shelf as well.
    const lines = (cups: number) => [
      { sku: 'TEA-SET', quantity: 2, location: 'camden' },
      { sku: 'CUP', quantity: cups, location: 'camden' },
    ];
    const tooMany = await stock.hold({ lines: lines(2) });
    expect(tooMany.hold).toBeNull();
    expect(tooMany.userErrors).toMatchObject([{ sku: 'CUP', availableToSell: 1, path: ['input', 'lines', '1'] }]);
    const reversed = await stock.hold({ lines: lines(2).reverse() });
    expect(reversed.userErrors).toMatchObject([{ sku: 'TEA-SET', availableToSell: 1 }]);
    expect(await heldAt('camden')).toEqual({ CUP: 0, POT: 0 });
    const { hold } = await stock.hold({ lines: lines(1) });
    expect(await heldAt('camden')).toEqual({ CUP: 9, POT: 2 });
    await stock.release({ hold: hold.id });
  });

  it('is sold, shipped and returned as its parts', async () => {
    const { hold } = await stock.hold({ lines: [{ sku: 'TEA-SET', quantity: 1, location: 'camden' }] });
    await stock.commit({ hold: hold.id, reference: 'order-7' });
    const shipped = await stock.settle({
      location: 'camden',
      outcome: 'SHIPPED',
      reference: 'order-7',
      lines: [{ sku: 'TEA-SET', quantity: 1 }],
    });
    expect(shipped.levels).toMatchObject([{ onHand: 5, allocated: 0 }, { onHand: 2 }]);
    const back = await stock.takeBack({
      location: 'camden',
      reference: 'order-7',
      lines: [{ sku: 'TEA-SET', quantity: 1, disposition: 'RESTOCK' }],
    });
    expect(back.levels).toMatchObject([{ onHand: 9 }, { onHand: 3 }]);
    const sold = await stock.sell({
      location: 'camden',
      reference: 's',
      lines: [
        { sku: 'TEA-SET', quantity: 1 },
        { sku: 'CUP', quantity: 1 },
      ],
    });
    expect(sold.levels).toMatchObject([{ onHand: 4 }, { onHand: 2 }]);
    await receive(inventory.ask, 'camden', 'CUP', 5);
    await receive(inventory.ask, 'camden', 'POT', 1);
    expect(await auditNow(inventory)).toMatchObject(clean);
  });

  it('never takes what is not there when crowds want it and its parts', async () => {
    const wanted = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0 ? [{ sku: 'TEA-SET', quantity: 1 }] : [{ sku: 'CUP', quantity: 2 }],
    );
    const answers = await Promise.all(wanted.map((lines) => stock.hold({ channel: 'web', lines })));
    for (const place of ['camden', 'soho']) {
      for (const sku of ['POT', 'CUP']) expect((await stock.level(place, sku)).sellable).toBeGreaterThanOrEqual(0);
    }
    expect(answers.some(({ hold }) => hold === null)).toBe(true);
    for (const { hold } of answers) if (hold !== null) await stock.release({ hold: hold.id });
    expect(await auditNow(inventory)).toMatchObject(clean);
  });

  it('is bound by the quota of a part', async () => {
    await inventory.ask(
      `mutation ($input: SetChannelQuotaInput!) { setChannelQuota(input: $input) { userErrors { code } } }`,
      {
        input: {
          channel: 'web',
          sku: 'CUP',
          startsAt: '2020-01-01T00:00:00Z',
          endsAt: '2100-01-01T00:00:00Z',
          units: 5,
          idempotencyKey: randomUUID(),
        },
      },
    );
    expect(await availability('TEA-SET')).toMatchObject({ availableToSell: 1, limitedBy: 'QUOTA' });
    expect((await stock.hold({ channel: 'web', lines: [{ sku: 'TEA-SET', quantity: 2 }] })).hold).toBeNull();
    expect((await stock.hold({ channel: 'web', lines: [{ sku: 'TEA-SET', quantity: 1 }] })).userErrors).toEqual([]);
  });

  it('is set whole, and is no part of a bundle', async () => {
    const parts = [{ sku: 'POT', quantity: 1 }];
    const done = await setParts('SOLO', parts);
    expect(done).toMatchObject({ parts, version: 1, variant: { sku: 'SOLO', bundleParts: parts }, userErrors: [] });
    expect((await setParts('SOLO', parts, { expectedVersion: 0 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);
    expect((await setParts('MEGA', [{ sku: 'SOLO', quantity: 1 }])).userErrors).toMatchObject([
      { code: 'OUT_OF_RANGE', path: ['input', 'parts', '0', 'sku'] },
    ]);
    expect((await setParts('CUP', parts)).userErrors.length).toBeGreaterThan(0);
    expect(await setParts('SOLO', [...parts, ...parts])).toEqual({ code: 'BAD_USER_INPUT' });
    expect(await setParts('SOLO', [{ sku: 'SOLO', quantity: 1 }])).toEqual({ code: 'BAD_USER_INPUT' });
    expect(await setParts('SOLO', [])).toMatchObject({ parts: [], variant: { bundleParts: [] } });
  });
});
