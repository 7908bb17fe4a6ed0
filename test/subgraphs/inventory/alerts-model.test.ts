import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseEpoch } from '../../../db/change-feed/feed-state.ts';
import { openTail, type Tail } from '../../../db/change-feed/open-tail.ts';
import { sequenceChanges } from '../../../db/change-feed/sequence.ts';
import type { OwnerConnection } from '../../../db/connect.ts';
import { readSubgraphSdl } from '../../../schema/compose.ts';
import { raiseAlerts } from '../../../subgraphs/inventory/alerts/raise-alerts.ts';
import { nextMood, type StockMood, type Threshold } from '../../../subgraphs/inventory/alerts/stock-mood.ts';
import { startInventoryJobs } from '../../../subgraphs/inventory/start-inventory-jobs.ts';
import { createInventorySubgraph } from '../../../subgraphs/inventory/subgraph.ts';
import { allStaff, headersOf } from '../../support/callers.ts';
import { createTestDatabase, type TestDatabase } from '../../support/create-test-database.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { createAsk, type OpenInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { stockOperations } from './stock-operations.ts';

let database: TestDatabase;
let connection: OwnerConnection<'inventory'>;
let ask: OpenInventory['ask'];
let stock: ReturnType<typeof stockOperations>;
let tail: Tail;
const failures: unknown[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  connection = database.connectAs('inventory');
  ask = await createAsk(connection.db);
  stock = stockOperations(ask);
  const { db, createClient } = connection;
  tail = openTail({ db, owner: 'inventory', createClient, onError: (error) => void failures.push(error) });
  for (const id of ['camden', 'soho']) await addLocation(db, id);
  // A process that starts looks first of all. Of what was before it no steps are told, only how things stand: they are no life of its feed.
  await lookAtAll();
});
afterAll(async () => {
  await tail?.close();
  await database?.close();
  expect(failures).toEqual([]);
});

/** Numbers what is committed, and looks until there is nothing more. */
async function lookAtAll(): Promise<void> {
  await sequenceChanges(connection.db);
  while (await raiseAlerts(connection.db, new AbortController().signal));
}

const setThreshold = (sku: string, low: number, margin: number, backInStockAt: number) =>
  setThresholds({ location: 'camden' }, [{ sku, low, margin, backInStockAt }]);

async function setThresholds(scope: { location: string } | { channel: string }, thresholds: readonly object[]) {
  const input = { ...scope, thresholds, idempotencyKey: randomUUID() };
  const { data } = await ask(
    'mutation ($input: SetStockThresholdsInput!) { setStockThresholds(input: $input) { userErrors { code } } }',
    { input },
  );
  expect(data.setStockThresholds).toEqual({ userErrors: [] });
}

async function storyOf(sku: string): Promise<string[]> {
  const rows = await connection.db
    .selectFrom('stock_alert')
    .selectAll()
    .where('sku', '=', sku)
    .where('kind', '<>', 'SHORTFALL')
    .orderBy('place')
    .execute();
  return rows.map((row) => `${row.kind} ${row.quantity} ${row.closed_at === null ? 'open' : 'past'}`);
}

/** What a child would be told who looks at every number in turn: its own rules, not those of the code. */
function tellStory(numbers: readonly number[], low: number, margin: number, backInStockAt: number): string[] {
  const told: Told[] = [];
  for (const units of numbers) tellNext(told, units, { low, margin, backInStockAt });
  return told.map(toLine);
}

interface Told {
  readonly kind: string;
  units: number;
  open: boolean;
}

function toLine({ kind, units, open }: Told): string {
  return `${kind} ${units} ${open ? 'open' : 'past'}`;
}

function tellNext(told: Told[], units: number, threshold: Threshold | undefined): void {
  const open = told.find((alert) => alert.open);
  if (threshold === undefined) {
    if (open !== undefined) Object.assign(open, { open: false, units });
    return;
  }
  const { low, margin, backInStockAt } = threshold;
  if (open?.kind === 'OUT' && units > 0 && units < backInStockAt) return;
  if (open?.kind === 'OUT' && units <= 0) return;
  if (open?.kind === 'LOW' && units > 0 && units < low + margin) return;
  const isBack = open?.kind === 'OUT';
  if (open !== undefined) Object.assign(open, { open: false, units });
  if (isBack) told.push({ kind: 'BACK_IN_STOCK', units, open: false });
  if (units <= 0) told.push({ kind: 'OUT', units, open: true });
  else if (units <= low || (isBack && units < low + margin)) told.push({ kind: 'LOW', units, open: true });
}

/** Every number that a level had, in order, as its ledger tells. */
async function numbersOf(sku: string): Promise<number[]> {
  const rows = await connection.db
    .selectFrom('stock_movement')
    .selectAll()
    .where('sku', '=', sku)
    .where('location_id', '=', 'camden')
    .orderBy('version')
    .execute();
  return rows.map(
    (row) => row.on_hand_after - row.unavailable_after - row.allocated_after - row.held_after - row.safety_stock_after,
  );
}

const rule = fc.record({
  low: fc.integer({ min: 0, max: 5 }),
  margin: fc.integer({ min: 1, max: 3 }),
  backInStockAt: fc.integer({ min: 1, max: 4 }),
});

/** Whether it is looked after a move; ANEW is the first look at another life of the feed, as after a restore. */
const look = fc.oneof(
  { weight: 4, arbitrary: fc.constant('NOT' as const) },
  { weight: 4, arbitrary: fc.constant('ON' as const) },
  { weight: 1, arbitrary: fc.constant('ANEW' as const) },
);

describe('alerts of a level', () => {
  it('are what a plain model tells of the same numbers, however many looks it takes, and of the last one only where one begins anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        rule,
        fc.array(fc.record({ delta: fc.integer({ min: -4, max: 4 }), look }), { minLength: 5, maxLength: 14 }),
        async ({ low, margin, backInStockAt }, moves) => {
          const sku = randomUUID();
          const seen: number[] = [];
          let known = 0;
          await setThreshold(sku, low, margin, backInStockAt);
          for (const { delta, look } of [...moves, { delta: 0, look: 'ON' }]) {
            if (delta > 0) await stock.adjust({ location: 'camden', sku, delta, reason: 'RECEIVED', reference: 'r' });
            if (delta < 0) await stock.sell({ location: 'camden', lines: [{ sku, quantity: -delta }], reference: 's' });
            if (look === 'NOT') continue;
            if (look === 'ANEW') await raiseEpoch(connection.db);
            await lookAtAll();
            const numbers = await numbersOf(sku);
            seen.push(...(look === 'ANEW' ? numbers.slice(known).slice(-1) : numbers.slice(known)));
            known = numbers.length;
          }
          expect(await storyOf(sku)).toEqual(tellStory(seen, low, margin, backInStockAt));
        },
      ),
      { numRuns: 8 },
    );
  }, 60_000);

  it('are judged by the threshold that each number came under, however far behind the look is', async () => {
    const event = fc.record({
      what: fc.oneof(
        { weight: 3, arbitrary: fc.record({ delta: fc.integer({ min: -4, max: 4 }) }) },
        { weight: 2, arbitrary: fc.record({ rule: fc.option(rule), isForAll: fc.boolean() }) },
      ),
      // The changes may have a number in the feed long before anybody looks at them.
      later: fc.constantFrom('NOTHING', 'NOTHING', 'NUMBER', 'LOOK'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 16 }), async (events) => {
        const [sku, location] = [randomUUID(), `shop-${randomUUID()}`];
        await addLocation(connection.db, location);
        const told: Told[] = [];
        let units: number | undefined;
        const inForce: { own?: Threshold | undefined; all?: Threshold | undefined } = {};
        for (const { what, later } of events) {
          if ('delta' in what) {
            const { delta } = what;
            if (delta > 0) await stock.adjust({ location, sku, delta, reason: 'RECEIVED', reference: 'r' });
            if (delta < 0) await stock.sell({ location, lines: [{ sku, quantity: -delta }], reference: 's' });
            if (delta !== 0) units = (units ?? 0) + delta;
          } else {
            const { rule: set, isForAll } = what;
            await setThresholds({ location }, [{ ...(isForAll ? {} : { sku }), ...set }]);
            inForce[isForAll ? 'all' : 'own'] = set ?? undefined;
          }
          if (units !== undefined) tellNext(told, units, inForce.own ?? inForce.all);
          if (later === 'NUMBER') await sequenceChanges(connection.db);
          if (later === 'LOOK') await lookAtAll();
        }
        await lookAtAll();
        expect(await storyOf(sku)).toEqual(told.map(toLine));
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it('of a channel are of its number and its threshold at one moment', async () => {
    const [sku, channel] = [randomUUID(), `channel-${randomUUID()}`];
    await serveChannel(connection.db, channel, ['soho']);
    await stock.adjust({ location: 'soho', sku, delta: 10, reason: 'RECEIVED', reference: 'r' });
    await setThresholds({ channel }, [{ sku, low: 5, margin: 1, backInStockAt: 1 }]);
    await lookAtAll();
    await stock.sell({ location: 'soho', lines: [{ sku, quantity: 1 }], reference: 's' });
    await setThresholds({ channel }, [{ sku, low: 1, margin: 1, backInStockAt: 1 }]);
    await sequenceChanges(connection.db);
    await stock.sell({ location: 'soho', lines: [{ sku, quantity: 6 }], reference: 's' });
    await lookAtAll();
    expect(await storyOf(sku)).toEqual([]);
    await stock.sell({ location: 'soho', lines: [{ sku, quantity: 2 }], reference: 's' });
    await lookAtAll();
    expect(await storyOf(sku)).toEqual(['LOW 1 open']);
  });

  it('are each raised once under a crowd of buyers, by two processes that look, and a reader hears of every step', async () => {
    const sku = 'HOT';
    await setThreshold(sku, 20, 5, 3);
    const jobs = [1, 2].map(() =>
      startInventoryJobs({ db: connection.db, onError: (error) => void failures.push(error), alertsEveryMs: 5 }),
    );
    const sdl = await readSubgraphSdl('inventory');
    const onInternalError = (error: unknown) => void failures.push(error);
    const subgraph = createInventorySubgraph({ db: connection.db, tail, heartbeatMs: 200, sdl, onInternalError });
    const reader = follow(subgraph, 'camden');
    try {
      await waitUntil('the feed has begun', () => reader.events.length > 0);
      await stock.adjust({ location: 'camden', sku, delta: 30, reason: 'RECEIVED', reference: 'r' });
      await Promise.all(
        Array.from({ length: 60 }, async () => {
          const { hold } = await stock.hold({ location: 'camden', sku, quantity: 1 });
          if (hold === null) return;
          if (Math.random() < 0.5) await stock.release({ hold: hold.id });
          else await stock.commit({ hold: hold.id, reference: 'o' });
        }),
      );
      const isDone = async () => {
        const { rows } = { rows: await connection.db.selectFrom('change_feed_state').selectAll().execute() };
        const progress = await connection.db.selectFrom('stock_alert_progress').selectAll().executeTakeFirstOrThrow();
        const open = await connection.db.selectFrom('change').select('id').where('number', 'is', null).execute();
        return open.length === 0 && rows[0]?.last_number === progress.number;
      };
      await waitUntil('everything was looked at', isDone, 10_000);
      const story = await storyOf(sku);
      expect(story).toEqual(tellStory(await numbersOf(sku), 20, 5, 3));
      const isTold = () =>
        reader.steps().filter(({ isOpen }) => isOpen).length >=
        story.length - story.filter((line) => line.startsWith('BACK')).length;
      await waitUntil('the reader heard', isTold, 10_000);
      // Each alert's versions come one by one, none twice.
      for (const steps of Map.groupBy(reader.steps(), ({ id }) => id).values()) {
        expect(steps.map(({ version }) => version)).toEqual(steps.map((_, i) => i + 1));
      }
    } finally {
      for (const job of jobs) await job.close();
      await reader.stop();
    }
    const again = follow(subgraph, 'camden', reader.events.at(-1)?.cursor);
    await waitUntil('it beats', () => again.events.length > 0, 10_000);
    await again.stop();
    expect(again.events[0]).toMatchObject({ kind: 'HEARTBEAT', alerts: [] });
    const foreign = follow(subgraph, 'soho', reader.events.at(-1)?.cursor);
    await waitUntil('it begins anew', () => foreign.events.length > 0, 10_000);
    await foreign.stop();
    expect(foreign.events[0]).toMatchObject({ kind: 'SNAPSHOT', alerts: [] });
  }, 60_000);
});

it('hysteresis: an alert never ends at a number at which it would begin', () => {
  const moods: StockMood[] = ['ENOUGH', 'LOW', 'OUT'];
  fc.assert(
    fc.property(rule, fc.integer({ min: -3, max: 12 }), fc.constantFrom(...moods), (threshold, units, mood) => {
      const next = nextMood(mood, units, threshold);
      expect(nextMood(next, units, threshold)).toBe(next); // the same number again tells nothing
      if (next === 'ENOUGH') expect(units).toBeGreaterThan(threshold.low);
      if (mood === 'LOW' && next === 'ENOUGH') expect(units).toBeGreaterThanOrEqual(threshold.low + threshold.margin);
    }),
  );
});

interface Step {
  readonly id: string;
  readonly version: number;
  readonly isOpen: boolean;
}

/** Follows the alerts of a location and keeps what it was told. */
function follow(subgraph: ReturnType<typeof createInventorySubgraph>, location: string, after?: string) {
  const stop = new AbortController();
  const events: { cursor: string; kind: string; alerts: Step[] }[] = [];
  const query = `subscription ($location: ID, $after: String) { stockAlerts(location: $location, after: $after) {
    cursor kind sequence alerts { id kind version isOpen quantity variant { sku } } } }`;
  const running = (async () => {
    const variables = { location, after: after ?? null };
    for await (const { data } of subgraph.subscribe({
      query,
      variables,
      headers: headersOf(allStaff),
      signal: stop.signal,
    })) {
      events.push(JSON.parse(JSON.stringify(data)).stockAlerts);
    }
  })();
  return {
    events,
    steps: () => events.flatMap(({ kind, alerts }) => (kind === 'CHANGES' ? alerts : [])),
    async stop() {
      stop.abort();
      await running;
    },
  };
}
