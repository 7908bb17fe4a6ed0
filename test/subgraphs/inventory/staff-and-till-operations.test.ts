import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';

let inventory: OpenInventory;

beforeAll(async () => {
  inventory = await openInventory();
  await addLocation(inventory.db, 'camden', { name: 'Camden' });
  await addLocation(inventory.db, 'leeds', { name: 'Leeds' });
});
afterAll(() => inventory.close());

/* The documented operations, as written. */
const receive = `mutation Receive($location: ID!, $sku: ID!, $quantity: Int!, $reference: String!, $key: ID!) {
  adjustStock(input: { location: $location, sku: $sku, delta: $quantity, reason: RECEIVED, reference: $reference, idempotencyKey: $key }) {
    level { onHand sellable version }
    userErrors { code message path }
  }
}`;
const count = `mutation Count($location: ID!, $counts: [StockCountInput!]!, $key: ID!) {
  recordStockCount(input: { location: $location, counts: $counts, idempotencyKey: $key }) {
    results { sku expected counted variance level { onHand sellable shortfall } }
    userErrors { code message path }
  }
}`;
const holdInStore = `mutation HoldInStore($location: ID!, $sku: ID!, $customer: ID, $minutes: Int!, $key: ID!) {
  holdStock(input: { location: $location, sku: $sku, quantity: 1, owner: { customerId: $customer, note: "try-on" }, minutes: $minutes, idempotencyKey: $key }) {
    hold { id state expiresAt }
    userErrors { code message ... on InsufficientStock { availableToSell alternatives { kind location { id name } } } }
  }
}`;
const audit = 'query StockAudit { stockAudit { checkedLevels ledgerMismatches oversold unbalancedHolds checkedAt } }';

it('goods come in, are counted, held to try on, refused with an alternative, and audited', async () => {
  const location = 'camden';
  const delivery = { location, sku: 'MUG', quantity: 3, reference: 'DN-7', key: 'r1' };
  expect((await inventory.ask(receive, delivery)).data).toEqual({
    adjustStock: { level: { onHand: 3, sellable: 3, version: 1 }, userErrors: [] },
  });
  await inventory.ask(receive, { ...delivery, location: 'leeds', key: 'r2' });
  expect((await inventory.ask(count, { location, counts: [{ sku: 'MUG', counted: 1 }], key: 'c1' })).data).toEqual({
    recordStockCount: {
      results: [{ sku: 'MUG', expected: 3, counted: 1, variance: -2, level: { onHand: 1, sellable: 1, shortfall: 0 } }],
      userErrors: [],
    },
  });
  const tryOn = { location, sku: 'MUG', customer: 'c-1', minutes: 30 };
  const held = await inventory.ask(holdInStore, { ...tryOn, key: 'h1' });
  expect(held.data.holdStock).toMatchObject({ hold: { state: 'HELD' }, userErrors: [] });
  expect((await inventory.ask(holdInStore, { ...tryOn, customer: null, key: 'h2' })).data.holdStock).toEqual({
    hold: null,
    userErrors: [
      {
        code: 'INSUFFICIENT_STOCK',
        message: 'Only 0 of MUG can be had, not 1.',
        availableToSell: 0,
        alternatives: [{ kind: 'OTHER_LOCATION', location: { id: 'leeds', name: 'Leeds' } }],
      },
    ],
  });
  expect((await inventory.ask(audit)).data.stockAudit).toMatchObject({
    checkedLevels: 2,
    ledgerMismatches: 0,
    oversold: 0,
    unbalancedHolds: 0,
  });
});
