import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseEpoch } from '../../../db/change-feed/feed-state.ts';
import { openTail, type Tail } from '../../../db/change-feed/open-tail.ts';
import { pruneChanges } from '../../../db/change-feed/prune.ts';
import { type Sequencer, startSequencer } from '../../../db/change-feed/start-sequencer.ts';
import type { OwnerConnection } from '../../../db/connect.ts';
import { readSubgraphSdl } from '../../../schema/compose.ts';
import { createInventorySubgraph } from '../../../subgraphs/inventory/subgraph.ts';
import type { Subgraph, SubgraphResult } from '../../../subgraphs/shared/create-subgraph.ts';
import { allStaff, headersOf } from '../../support/callers.ts';
import { createTestDatabase, type TestDatabase } from '../../support/create-test-database.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { createAsk, type OpenInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { receive, stockOperations } from './stock-operations.ts';

const numbers = 'version onHand unavailable allocated held incoming safetyStock shortfall sellable';
const feedQuery = `subscription ($location: ID!, $after: String) {
  stockChanged(location: $location, after: $after) { cursor kind levels { id ${numbers} variant { sku } location { id } } }
}`;
const pullQuery = `query ($channel: ID!, $location: ID, $after: String, $first: Int) {
  stockChanges(channel: $channel, location: $location, after: $after, first: $first) {
    kind isStart cursor hasMore
    changes { variant { sku } availability(channel: $channel) { availableToSell } committedAt }
  }
}`;

interface Level {
  readonly version: number;
  readonly sellable: number;
  readonly variant: { readonly sku: string };
  readonly location: { readonly id: string };
}

interface Event {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly levels: readonly Level[];
}

let database: TestDatabase;
let connection: OwnerConnection<'inventory'>;
let tail: Tail;
let subgraph: Subgraph;
let ask: OpenInventory['ask'];
const sequencers: Sequencer[] = [];
const failures: unknown[] = [];
const places = ['camden', 'soho'] as const;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = database.connectAs('inventory');
  const { db } = connection;
  for (const place of [...places, 'empty', 'busy']) await addLocation(db, place);
  await serveChannel(db, 'web', [...places]);
  [subgraph, tail] = await openSubgraph();
  ask = await createAsk(db);
  // As two processes have: each with connections of its own.
  for (let i = 0; i < 2; i += 1) sequencers.push(startSequencer(database.connectAs('inventory').db, { onError: fail }));
}, 60_000);

afterAll(async () => {
  for (const sequencer of sequencers) await sequencer.close();
  await tail?.close();
  await database?.close();
  expect(failures).toEqual([]);
});

const fail = (error: unknown) => void failures.push(error);

/** A subgraph with a tail of its own, as each process has. */
async function openSubgraph(): Promise<[Subgraph, Tail]> {
  const { db, createClient } = connection;
  const own = openTail({ db, owner: 'inventory', createClient, onError: fail });
  const sdl = await readSubgraphSdl('inventory');
  const onInternalError = (error: Error & { originalError?: unknown }) => fail(error.originalError ?? error);
  return [createInventorySubgraph({ db, tail: own, heartbeatMs: 150, sdl, onInternalError }), own];
}

/** Follows a location and keeps what it was told. */
function follow(location: string, after?: string, source = subgraph) {
  const stop = new AbortController();
  const events: Event[] = [];
  const refusals: SubgraphResult[] = [];
  const running = (async () => {
    const variables = { location, after: after ?? null };
    for await (const result of source.subscribe({
      query: feedQuery,
      variables,
      headers: headersOf(allStaff),
      signal: stop.signal,
    })) {
      if (result.data == null) refusals.push(result);
      else events.push(JSON.parse(JSON.stringify(result.data)).stockChanged);
    }
  })();
  return {
    events,
    refusals,
    ended: running,
    async stop() {
      stop.abort();
      await running;
    },
    next: (kind: Event['kind']) =>
      waitUntil(`a ${kind} came`, () => events.find((event) => event.kind === kind) ?? undefined),
  };
}

/** What a reader knows after events; fails when a version is missing, doubled or out of order. */
function apply(shelf: Map<string, Level>, events: readonly Event[]): Map<string, Level> {
  for (const { kind, levels } of events) {
    if (kind === 'SNAPSHOT') shelf.clear();
    for (const level of levels) {
      const known = shelf.get(level.variant.sku);
      if (kind === 'CHANGES') expect(level.version).toBe((known?.version ?? 0) + 1);
      shelf.set(level.variant.sku, level);
    }
  }
  return shelf;
}

async function readShelf(location: string): Promise<Map<string, Level>> {
  const skus = await connection.db
    .selectFrom('stock_level')
    .select('sku')
    .where('location_id', '=', location)
    .execute();
  const { data } = await ask(
    `query ($ids: [_Any!]!, $location: ID!) { _entities(representations: $ids) { ... on ProductVariant {
      stockLevel(location: $location) { id ${numbers} variant { sku } location { id } } } } }`,
    { ids: skus.map(({ sku }) => ({ __typename: 'ProductVariant', sku })), location },
  );
  return new Map(data._entities.map(({ stockLevel }: { stockLevel: Level }) => [stockLevel.variant.sku, stockLevel]));
}

const isAt = (shelf: Map<string, Level>, goal: Map<string, Level>) =>
  [...goal].every(([sku, level]) => (shelf.get(sku)?.version ?? -1) >= level.version);

it('a snapshot, then each change once and in order, while writers hammer and readers leave and come back', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed}`);
  const stock = stockOperations(ask);
  const skus = ['CUP', 'JUG', 'MUG', 'POT'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          place: fc.constantFrom(...places),
          sku: fc.constantFrom(...skus),
          units: fc.integer({ min: 1, max: 5 }),
        }),
        { minLength: 20, maxLength: 60 },
      ),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
      async (writes, visits) => {
        const shelves = new Map(places.map((place) => [place, new Map<string, Level>()]));
        const cursors = new Map<string, string>();
        let isDone = false;
        const writing = (async () => {
          for (let i = 0; i < writes.length; i += 6) {
            const batch = writes.slice(i, i + 6);
            await Promise.all(batch.map(({ place, sku, units }) => receive(ask, place, sku, units)));
            // Several versions of a level in one transaction: the desk takes these together.
            await Promise.all(batch.map(({ place, sku }) => stock.hold({ location: place, sku, quantity: 1 })));
          }
          isDone = true;
        })();
        const reading = places.map(async (place) => {
          for (const count of visits) {
            const reader = follow(place, cursors.get(place));
            await waitUntil('it has something', () => isDone || reader.events.length >= count);
            await reader.stop();
            takeIn(place, reader.events);
          }
          await writing;
          const goal = await readShelf(place);
          const reader = follow(place, cursors.get(place));
          const copy = new Map(shelves.get(place));
          await waitUntil('it has everything', () => isAt(apply(new Map(copy), reader.events), goal));
          await reader.stop();
          takeIn(place, reader.events);
          expect(shelves.get(place)).toEqual(goal);
        });
        const takeIn = (place: (typeof places)[number], events: readonly Event[]) => {
          // From its cursor it never needs to begin anew.
          if (cursors.has(place)) expect(events.every(({ kind }) => kind !== 'SNAPSHOT')).toBe(true);
          else if (events.length > 0) expect(events[0]?.kind).toBe('SNAPSHOT');
          for (const { levels } of events) for (const { location } of levels) expect(location.id).toBe(place);
          apply(shelves.get(place) ?? new Map(), events);
          const last = events.at(-1);
          if (last !== undefined) cursors.set(place, last.cursor);
        };
        await Promise.all([writing, ...reading]);
      },
    ),
    { seed, numRuns: 6, endOnFailure: true },
  );
}, 120_000);

it('what a reader missed in a busy time comes in events of a size that a socket takes, and resumes between any two', async () => {
  const key = { location: 'busy', number: 'ON_HAND', delta: 1 };
  const query = `mutation ($input: AdjustStockLevelsInput!) { adjustStockLevels(input: $input) { userErrors { code } } }`;
  await receive(ask, 'busy', 'BULK-0', 1);
  const before = follow('busy');
  const { cursor } = await before.next('SNAPSHOT');
  await before.stop();
  for (let request = 0; request < 3; request++) {
    const rows = Array.from({ length: 1_500 }, (_, row) => ({ ...key, sku: `BULK-${row % 5}` }));
    const input = { rows, errorPolicy: 'REJECT_EVERYTHING', reference: 'bulk', idempotencyKey: randomUUID() };
    expect((await ask(query, { input })).data.adjustStockLevels.userErrors).toEqual([]);
  }
  const reader = follow('busy', cursor);
  const levels = () => reader.events.flatMap((event) => event.levels);
  await waitUntil('it has everything', () => levels().length === 4_500);
  await reader.stop();
  expect(Math.max(...reader.events.map((event) => event.levels.length))).toBeLessThanOrEqual(1_000);
  for (const [index, event] of reader.events.entries()) {
    const again = follow('busy', event.cursor);
    const rest = levels().slice(reader.events.slice(0, index + 1).reduce((sum, each) => sum + each.levels.length, 0));
    await waitUntil('the rest is there', () => again.events.flatMap((each) => each.levels).length >= rest.length);
    await again.stop();
    expect(again.events.flatMap((each) => each.levels)).toEqual(rest);
  }
}, 60_000);

it('several versions of a level in one transaction are told one by one', async () => {
  await receive(ask, 'busy', 'VASE', 100);
  const stock = stockOperations(ask);
  const reader = follow('busy');
  await reader.next('SNAPSHOT');
  await Promise.all(Array.from({ length: 30 }, () => stock.hold({ location: 'busy', sku: 'VASE', quantity: 2 })));
  const changes = await waitUntil('all are told', () => {
    const told = reader.events.filter(({ kind }) => kind === 'CHANGES').flatMap(({ levels }) => levels);
    return told.length >= 30 && told;
  });
  await reader.stop();
  expect(changes.map(({ sellable }) => sellable)).toEqual(Array.from({ length: 30 }, (_, i) => 98 - 2 * i));
  expect(changes.map(({ version }) => version)).toEqual(Array.from({ length: 30 }, (_, i) => i + 2));
  // Fewer rows than versions: otherwise this test proved nothing.
  const { count } = await connection.db
    .selectFrom('change')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('scope', '=', 'busy')
    .executeTakeFirstOrThrow();
  expect(Number(count)).toBeLessThan(31);
});

it('beats while nothing happens, and its cursor moves on with what happens elsewhere', async () => {
  const reader = follow('empty');
  const snapshot = await reader.next('SNAPSHOT');
  expect(snapshot.levels).toEqual([]);
  await receive(ask, 'soho', 'CUP', 1);
  const beat = await waitUntil('the cursor moves', () =>
    reader.events.find(({ kind, cursor }) => kind === 'HEARTBEAT' && cursor !== snapshot.cursor),
  );
  await reader.stop();
  expect(beat.levels).toEqual([]);
  const again = follow('empty', beat.cursor);
  await again.next('HEARTBEAT');
  await again.stop();
  expect(again.events.every(({ kind }) => kind === 'HEARTBEAT')).toBe(true);
});

it('a cursor that is foreign, forged, pruned or from before a restore gets a snapshot of what was asked for', async () => {
  const camden = follow('camden');
  const { cursor } = await camden.next('SNAPSHOT');
  await camden.stop();
  const { data } = await ask(pullQuery, { channel: 'web', first: 1 });
  const flipped = `${cursor.slice(0, 20)}${cursor[20] === 'A' ? 'B' : 'A'}${cursor.slice(21)}`;
  const expectSnapshot = async (location: string, after: string, source = subgraph) => {
    const reader = follow(location, after, source);
    await waitUntil('it began', () => reader.events.length > 0);
    await reader.stop();
    expect(reader.events[0]?.kind).toBe('SNAPSHOT');
    expect(new Set(reader.events[0]?.levels.map((level) => level.location.id))).toEqual(new Set([location]));
  };
  await expectSnapshot('soho', cursor);
  for (const bad of [flipped, '', 'x', '\u0000', data.stockChanges.cursor]) await expectSnapshot('camden', bad);

  await receive(ask, 'camden', 'CUP', 1);
  const changes = connection.db.selectFrom('change').select('id');
  await waitUntil('it has a number', async () => (await changes.where('number', 'is', null).execute()).length === 0);
  await pruneChanges(connection.db, { maxAgeMs: 0, maxCount: 0 });
  expect(await changes.execute()).toEqual([]);
  // Another process, which has nothing of it in memory.
  const [other, otherTail] = await openSubgraph();
  await expectSnapshot('camden', cursor, other);
  await otherTail.close();

  const live = follow('camden');
  const { cursor: old } = await live.next('SNAPSHOT');
  await raiseEpoch(connection.db);
  const snapshots = () => live.events.filter(({ kind }) => kind === 'SNAPSHOT');
  await waitUntil('the one that listens has begun anew', () => snapshots().length === 2);
  await receive(ask, 'camden', 'CUP', 1);
  await waitUntil('and goes on', () => live.events.at(-1)?.levels.length === 1);
  await live.stop();
  expect(snapshots().length).toBe(2);
  await expectSnapshot('camden', old);
});

it('a change row of an earlier release, which tells less, is answered with a snapshot', async () => {
  const reader = follow('soho');
  await reader.next('SNAPSHOT');
  const payload = JSON.stringify({ sku: 'CUP', locationId: 'soho', onHand: 1, sellable: 1, version: 1 });
  const row = { topic: 'stock', scope: 'soho', key: 'soho/CUP', version: 1, payload };
  await connection.db.insertInto('change').values(row).execute();
  await waitUntil('it begins anew', () => reader.events.filter(({ kind }) => kind === 'SNAPSHOT').length === 2);
  await reader.stop();
  expect(reader.events.some(({ kind }) => kind === 'CHANGES')).toBe(false);
  expect(apply(new Map(), reader.events)).toEqual(await readShelf('soho'));
});

it('an unknown location is a clear error', async () => {
  for (const location of ['nowhere', '', 'a\u0000b']) {
    const reader = follow(location);
    await reader.ended;
    expect(reader.events).toEqual([]);
    expect(reader.refusals.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual(['BAD_USER_INPUT']);
  }
});

it('ends at once when told to, and leaves nothing behind', async () => {
  const readers = Array.from({ length: 20 }, () => follow('camden'));
  await Promise.all(readers.map((reader) => reader.next('SNAPSHOT')));
  const before = performance.now();
  await Promise.all(readers.map((reader) => reader.stop()));
  expect(performance.now() - before).toBeLessThan(500);
  const stopped = new AbortController();
  stopped.abort();
  const variables = { location: 'camden' };
  for await (const _ of subgraph.subscribe({
    query: feedQuery,
    variables,
    headers: headersOf(allStaff),
    signal: stopped.signal,
  }))
    expect.unreachable();
});

interface Page {
  readonly kind: string;
  readonly isStart: boolean;
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly changes: readonly {
    readonly variant: { readonly sku: string };
    readonly availability: { readonly availableToSell: number };
  }[];
}

async function pull(variables: Record<string, unknown>): Promise<Page> {
  const { data, errors } = await ask(pullQuery, variables);
  expect(errors).toBeUndefined();
  return data.stockChanges;
}

/** Pulls until there is no more; what the reader then knows. */
async function pullAll(known: Map<string, number>, variables: Record<string, unknown>): Promise<string> {
  for (let after = variables.after ?? null; ; ) {
    const page = await pull({ ...variables, after });
    if (page.isStart) known.clear();
    for (const { variant, availability } of page.changes) known.set(variant.sku, availability.availableToSell);
    after = page.cursor;
    if (!page.hasMore) return page.cursor;
  }
}

it('a channel is pulled: everything in pages, then what changed, and what changed meanwhile', async () => {
  const readAvailable = async (skus: Iterable<string>) => {
    const { data } = await ask(
      `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on ProductVariant { sku availability(channel: "web") { availableToSell } } } }`,
      { ids: [...skus].map((sku) => ({ __typename: 'ProductVariant', sku })) },
    );
    type Answer = { sku: string; availability: { availableToSell: number } };
    return new Map(data._entities.map(({ sku, availability }: Answer) => [sku, availability.availableToSell]));
  };
  const first = await pull({ channel: 'web', first: 1 });
  expect(first).toMatchObject({ kind: 'SNAPSHOT', isStart: true, hasMore: true });
  const sku = first.changes[0]?.variant.sku ?? '';
  await receive(ask, 'soho', sku, 7); // after its page
  const known = new Map([[sku, first.changes[0]?.availability.availableToSell ?? 0]]);
  let cursor = await pullAll(known, { channel: 'web', first: 2, after: first.cursor });
  await waitUntil('it is told', async () => {
    cursor = await pullAll(known, { channel: 'web', first: 2, after: cursor });
    return known.get(sku) === (await readAvailable([sku])).get(sku);
  });
  expect(known.size).toBe(4);
  expect(known).toEqual(await readAvailable(known.keys()));

  // A page of the channel names no other channel's places.
  await receive(ask, 'busy', 'VASE', 1);
  await receive(ask, 'camden', 'POT', 3);
  await receive(ask, 'camden', 'POT', 3);
  const page = await waitUntil('the change is told', async () => {
    const next = await pull({ channel: 'web', after: cursor });
    return next.changes.length > 0 && !next.hasMore && next;
  });
  expect(page).toMatchObject({ kind: 'CHANGES', isStart: false });
  expect(page.changes.map(({ variant }) => variant.sku)).toEqual(['POT']);
  expect((await pull({ channel: 'web', after: page.cursor })).changes.length).toBeLessThanOrEqual(1);

  // When others serve it, what they have was never told.
  await serveChannel(connection.db, 'web', ['busy']);
  expect(await pull({ channel: 'web', after: page.cursor })).toMatchObject({ kind: 'SNAPSHOT', isStart: true });
});

it("a location's cursors are good for the subscription and for pulling", async () => {
  const reader = follow('camden');
  const { cursor } = await reader.next('SNAPSHOT');
  await reader.stop();
  await receive(ask, 'camden', `NEW-${randomUUID()}`, 1);
  await receive(ask, 'soho', 'CUP', 1);
  const page = await waitUntil('it is told', async () => {
    const next = await pull({ channel: 'web', location: 'camden', after: cursor });
    return next.changes.length > 0 && next;
  });
  expect(page.kind).toBe('CHANGES');
  expect(page.changes).toHaveLength(1);
  await receive(ask, 'camden', 'JUG', 1);
  const again = follow('camden', page.cursor);
  const changes = await again.next('CHANGES');
  await again.stop();
  expect(again.events.some(({ kind }) => kind === 'SNAPSHOT')).toBe(false);
  expect(changes.levels.map(({ variant }) => variant.sku)).toEqual(['JUG']);
});

it('pulling refuses what cannot be, and an unknown channel is empty', async () => {
  for (const first of [0, -1, 501])
    expect((await ask(pullQuery, { channel: 'web', first })).code).toBe('BAD_USER_INPUT');
  expect((await ask(pullQuery, { channel: 'web', location: 'nowhere' })).code).toBe('BAD_USER_INPUT');
  for (const channel of ['no-such', 'a\u0000b']) {
    expect(await pull({ channel })).toMatchObject({ changes: [], hasMore: false });
  }
  const foreign = await pull({ channel: 'no-such' });
  expect(await pull({ channel: 'web', after: foreign.cursor })).toMatchObject({ kind: 'SNAPSHOT', isStart: true });
});
