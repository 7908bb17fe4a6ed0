import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBudgetStore } from '../../../db/budgets/create-budget-store.ts';
import { createBudgets, type Payer } from '../../../gateway/cost/budgets.ts';
import { type BudgetStore, shareBudgets } from '../../../gateway/cost/shared-budgets.ts';
import { anonymous } from '../../../gateway/identity/principal.ts';
import { createTestDatabase, type TestDatabase } from '../../support/create-test-database.ts';
import { waitUntil } from '../../support/wait-until.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const perMinute = 1_000;
const perMinuteOf = () => perMinute;
const away: unknown[] = [];
/** One gateway's budgets over a store. */
const gateway = (store: BudgetStore, answerWithinMs?: number) =>
  shareBudgets({
    local: createBudgets(perMinuteOf),
    store,
    perMinuteOf,
    answerWithinMs,
    onAway: (error) => void away.push(error),
  });
const from = (address: string): Payer => ({ principal: anonymous, address });

/** Takes tens until one is refused, with time for the store between them. */
async function spendAll(budgets: readonly ReturnType<typeof gateway>[], payer: Payer, ended: () => Promise<unknown>) {
  let taken = 0;
  for (let turn = 0; turn < 1_000; turn++) {
    for (const budget of budgets) {
      const isTaken = await budget.take(payer, 10).then(
        () => true,
        (error: { code?: unknown }) => {
          expect(error.code).toBe('RATE_LIMITED');
          return false;
        },
      );
      if (!isTaken) return taken;
      taken += 10;
    }
    await ended();
  }
  throw new Error('The budget has no end.');
}

test('four gateways give one budget, and at most a twentieth more for each of them', async () => {
  const store = createBudgetStore(database.connectAs('gateway').db);
  let running = 0;
  const counted: BudgetStore = {
    async spend(key, cost) {
      running++;
      return store.spend(key, cost).finally(() => running--);
    },
  };
  const gateways = Array.from({ length: 4 }, () => gateway(counted, 30_000));
  const idle = () => waitUntil('the store has answered', () => running === 0);
  const taken = await spendAll(gateways, from('192.0.2.1'), idle);
  expect(taken).toBeGreaterThanOrEqual(perMinute - 4 * (perMinute / 20));
  expect(taken).toBeLessThanOrEqual(perMinute + 4 * 2 * (perMinute / 20));
  // Somebody else's is whole.
  expect(await spendAll(gateways, from('192.0.2.2'), idle)).toBeGreaterThanOrEqual(perMinute * 0.8);
  expect(away).toEqual([]);
});

test('a minute that is over begins anew, by the clock of the database, and is taken out', async () => {
  const { db } = database.connectAs('gateway');
  const store = createBudgetStore(db);
  expect(await store.spend('a', 5)).toMatchObject({ spent: 5 });
  const again = await store.spend('a', 7);
  expect(again.spent).toBe(12);
  expect(again.leftMs).toBeGreaterThan(0);
  expect(again.leftMs).toBeLessThanOrEqual(60_000);
  await db
    .updateTable('budget')
    .set({ ends_at: new Date(0) })
    .where('key', '=', 'a')
    .execute();
  expect(await store.spend('a', 3)).toMatchObject({ spent: 3 });
});

test('a store that is away or hangs stops nobody: each gateway goes on with its own budget, and says so once', async () => {
  away.length = 0;
  let asked = 0;
  const broken: BudgetStore = {
    spend() {
      asked++;
      return asked % 2 === 0 ? new Promise(() => undefined) : Promise.reject(new Error('away'));
    },
  };
  const budgets = gateway(broken);
  expect(await spendAll([budgets], from('192.0.2.3'), () => Promise.resolve())).toBe(perMinute);
  await waitUntil('it was told', () => away.length > 0);
  expect(away).toHaveLength(1);
});
