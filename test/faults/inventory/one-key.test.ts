import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStockWorld, type StockWorld, type Supply, worldChannel } from './open-stock-world.ts';

const supplies: readonly Supply[] = [{ location: 'north', sku: 'hot', units: 10_000 }];
let world: StockWorld;

beforeAll(async () => {
  world = await openStockWorld(supplies);
});
afterAll(() => world.close());

const documents = {
  hold: 'mutation ($input: HoldStockInput!) { answer: holdStock(input: $input) { userErrors { code } } }',
  sell: 'mutation ($input: RecordStockSaleInput!) { answer: recordStockSale(input: $input) { userErrors { code } } }',
} as const;

async function ask(which: number, what: keyof typeof documents, input: object): Promise<string> {
  const body = JSON.stringify({ query: documents[what], variables: { input } });
  const headers = { 'content-type': 'application/json', ...world.prove(body) };
  const answer = await request(world.urls[which] ?? '', { method: 'POST', headers, body });
  const { data, errors } = (await answer.body.json()) as {
    data?: { answer: { userErrors: { code: string }[] } };
    errors?: unknown;
  };
  if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.answer.userErrors.map(({ code }) => code).join() || 'DONE';
}

it('a hold and a sale under one key, sent at once to two processes: one is done and the other told so, and neither has to be thrown out', async () => {
  const line = { sku: 'hot', quantity: 1 };
  const both = (i: number) => {
    const idempotencyKey = randomUUID();
    const hold = {
      ...line,
      location: 'north',
      channel: worldChannel,
      minutes: 10,
      owner: { note: 'n' },
      idempotencyKey,
    };
    const sale = { location: 'north', lines: [line], reference: 's', idempotencyKey };
    return Promise.all([ask(i % 2, 'hold', hold), ask((i + 1) % 2, 'sell', sale)]);
  };
  for (let round = 0; round < 5; round++) {
    const told = await Promise.all(Array.from({ length: 30 }, (_, i) => both(i)));
    const sorted = told.map((pair) => pair.toSorted().join(' '));
    expect(new Set(sorted)).toEqual(new Set(['DONE IDEMPOTENCY_KEY_REUSED']));
  }
  expect(world.deadlocks).toEqual([]);
}, 60_000);
