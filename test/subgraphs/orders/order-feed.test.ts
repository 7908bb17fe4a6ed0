import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseEpoch, readFeedState } from '../../../db/change-feed/feed-state.ts';
import { pruneChanges } from '../../../db/change-feed/prune.ts';
import { nobody } from '../../../subgraphs/shared/caller.ts';
import { createCaller, customerCalled, partnerOn, tillAt } from '../../support/callers.ts';
import { waitUntil } from '../../support/wait-until.ts';
import {
  calledOff,
  type FollowedOrder,
  mugs,
  type OrderEvent,
  type OrderPage,
  openOrderFeed,
  placed,
  sent,
} from './open-order-feed.ts';

let feed: Awaited<ReturnType<typeof openOrderFeed>>;

beforeAll(async () => {
  feed = await openOrderFeed();
}, 60_000);
afterAll(async () => {
  await feed?.close();
  expect(feed.failures).toEqual([]);
});

/** What a reader knows after events; fails when a version is missing, doubled or out of order. */
function apply(known: FollowedOrder | undefined, events: readonly OrderEvent[]): FollowedOrder | undefined {
  return events.reduce((order, event) => {
    if (event.kind === 'HEARTBEAT') expect(event.order).toBeNull();
    if (event.kind === 'CHANGES' && event.order !== null) expect(event.order.version).toBe((order?.version ?? 0) + 1);
    return event.order ?? order;
  }, known);
}

async function everythingHasANumber(): Promise<void> {
  const waiting = feed.db.selectFrom('change').select('id').where('number', 'is', null);
  await waitUntil('everything has a number', async () => (await waiting.execute()).length === 0);
}

it('an order as it is, then each change once and in order, while imports change it and readers leave and come back', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed}`);
  const step = fc.record({ order: fc.nat({ max: 1 }), does: fc.constantFrom('lines', 'lines', 'send', 'return') });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
      async (steps, visits) => {
        const name = randomUUID();
        const goods = [10, 10];
        const way = [placed, placed] as (typeof placed | typeof sent)[];
        const bring = (i: number) =>
          feed.bring({
            externalReference: `${name}-${i}`,
            customerId: `${name}-${i}`,
            lines: mugs(goods[i] ?? 0),
            fulfillment: way[i] ?? placed,
          });
        const ids = [(await bring(0)).id, (await bring(1)).id];
        let isDone = false;
        const writing = (async () => {
          for (const [turn, { order, does }] of steps.entries()) {
            if (does === 'send') way[order] = sent;
            if (does === 'lines') goods[order] = (goods[order] ?? 0) + 1;
            if (does === 'return') await feed.bringBack(`${name}-${order}`, `${name}-${turn}`, 1);
            else await bring(order);
          }
          isDone = true;
        })();
        const reading = ids.map(async (id) => {
          let known: FollowedOrder | undefined;
          let cursor: string | undefined;
          const takeIn = (events: readonly OrderEvent[]) => {
            // From its cursor it never needs to begin anew.
            if (cursor === undefined) expect(events[0]?.kind ?? 'SNAPSHOT').toBe('SNAPSHOT');
            else expect(events.every(({ kind }) => kind !== 'SNAPSHOT')).toBe(true);
            for (const { order } of events) expect(order?.id ?? id).toBe(id);
            known = apply(known, events);
            cursor = events.at(-1)?.cursor ?? cursor;
          };
          for (const count of visits) {
            const reader = feed.follow(id, { after: cursor });
            await waitUntil('it has something', () => isDone || reader.events.length >= count);
            await reader.stop();
            takeIn(reader.events);
          }
          await writing;
          const goal = await feed.read(id);
          const reader = feed.follow(id, { after: cursor });
          await waitUntil('it is there', () => apply(known, reader.events)?.version === goal.version);
          await reader.stop();
          takeIn(reader.events);
          expect(known).toEqual(goal);
        });
        await Promise.all([writing, ...reading]);
        // Every version of every order stands in the feed, whoever made it.
        for (const id of ids) {
          const rows = await feed.db
            .selectFrom('change')
            .select('version')
            .where('key', '=', id)
            .orderBy('id')
            .execute();
          const { version } = await feed.read(id);
          expect(rows.map((row) => row.version)).toEqual(Array.from({ length: version }, (_, i) => i + 1));
        }
      },
    ),
    { seed, numRuns: 5, endOnFailure: true },
  );
}, 120_000);

it('an event tells the order as that change left it, also to somebody who comes later', async () => {
  const [externalReference, customerId] = ['as-left', 'as-left'];
  const { id } = await feed.bring({ externalReference, customerId });
  const early = feed.follow(id);
  const { cursor } = await early.next('SNAPSHOT');
  await feed.bring({ externalReference, customerId, lines: mugs(4) });
  await feed.bring({ externalReference, customerId, lines: mugs(4), fulfillment: sent });
  await feed.bringBack(customerId, 'part', 1);
  await feed.bringBack(customerId, 'rest', 3);
  await waitUntil('all is told', () => early.orders().length === 5);
  await early.stop();
  const late = feed.follow(id, { after: cursor });
  await waitUntil('all is told', () => late.orders().length === 4);
  await late.stop();
  expect(late.events.map(({ kind }) => kind)).toEqual(['CHANGES', 'CHANGES', 'CHANGES', 'CHANGES']);
  expect(late.orders()).toEqual(early.orders().slice(1));
  const told = late.orders().map(({ version, status, total, timeline }) => {
    return [version, status, total.amount, timeline.map(({ kind }) => kind).join(' ')];
  });
  expect(told).toEqual([
    [2, 'PLACED', '10.00', 'PLACED'],
    [3, 'FULFILLED', '10.00', 'PLACED SHIPPED'],
    [4, 'FULFILLED', '10.00', 'PLACED SHIPPED RETURNED'],
    [5, 'RETURNED', '10.00', 'PLACED SHIPPED RETURNED RETURNED'],
  ]);
  expect(late.orders()[1]?.timeline[1]).toEqual({ kind: 'SHIPPED', at: '2011-03-02T10:00:00.000Z', message: 'Sent' });
});

it('an order only goes forward: an older file changes nothing, one that contradicts is refused', async () => {
  const externalReference = 'forward';
  const { id } = await feed.bring({ externalReference });
  const part = feed.db.selectFrom('fulfillment_order').select(['id', 'status']).where('order_id', '=', id);
  const [asked] = await part.execute();
  expect(asked?.status).toBe('REQUESTED');
  expect(await feed.bring({ externalReference, fulfillment: sent })).toEqual({ id, outcome: { kind: 'changed' } });
  expect(await part.execute()).toEqual([{ id: asked?.id, status: 'DONE' }]);
  expect(await feed.bring({ externalReference })).toEqual({ id, outcome: { kind: 'unchanged' } });
  const refused = { kind: 'refused', reason: 'the order is kept as FULFILLED by now' };
  expect((await feed.bring({ externalReference, lines: mugs(9) })).outcome).toEqual(refused);
  expect((await feed.bring({ externalReference, fulfillment: calledOff })).outcome).toEqual(refused);
  expect(await feed.read(id)).toMatchObject({ version: 2, status: 'FULFILLED' });

  const { id: other } = await feed.bring({ externalReference: 'off' });
  await feed.bring({ externalReference: 'off', fulfillment: calledOff });
  expect((await feed.bring({ externalReference: 'off', fulfillment: sent })).outcome).toMatchObject({
    kind: 'refused',
  });
  expect(await feed.read(other)).toMatchObject({ version: 2, status: 'CANCELLED' });
});

it('beats while nothing happens, and its cursor moves on with what happens to others', async () => {
  const { id } = await feed.bring({ externalReference: 'quiet' });
  await everythingHasANumber();
  const reader = feed.follow(id);
  const { cursor } = await reader.next('SNAPSHOT');
  await feed.bring({ externalReference: 'loud' });
  const beat = await waitUntil('the cursor moves', () =>
    reader.events.find((event) => event.kind === 'HEARTBEAT' && event.cursor !== cursor),
  );
  await reader.stop();
  expect(beat.order).toBeNull();
  const again = feed.follow(id, { after: beat.cursor });
  await again.next('HEARTBEAT');
  await again.stop();
  expect(again.events.every(({ kind }) => kind === 'HEARTBEAT')).toBe(true);
});

it('a cursor that is foreign, forged, pruned or from before a restore gets the order that was asked for', async () => {
  const { id } = await feed.bring({ externalReference: 'mine' });
  const { id: otherId } = await feed.bring({ externalReference: 'other' });
  const reader = feed.follow(id);
  const { cursor } = await reader.next('SNAPSHOT');
  await reader.stop();
  const flipped = `${cursor.slice(0, 20)}${cursor[20] === 'A' ? 'B' : 'A'}${cursor.slice(21)}`;
  const expectSnapshot = async (asked: string, after: string, source = feed.openSubgraph()) => {
    const { data } = await feed.pull({ id: asked, after });
    expect((data as { orderChanges: OrderPage }).orderChanges).toMatchObject({
      kind: 'SNAPSHOT',
      orders: [{ id: asked }],
    });
    const again = feed.follow(asked, { after, source });
    await waitUntil('it began', () => again.events.length > 0);
    await again.stop();
    expect(again.events[0]).toMatchObject({ kind: 'SNAPSHOT', order: { id: asked } });
  };
  await expectSnapshot(otherId, cursor);
  for (const bad of [flipped, '', 'x', '-1', '\u0000', 'A'.repeat(5_000)]) await expectSnapshot(id, bad);

  await feed.bring({ externalReference: 'mine', lines: mugs(7) });
  await everythingHasANumber();
  await pruneChanges(feed.db, { maxAgeMs: 0, maxCount: 0 });
  await expectSnapshot(id, cursor);

  const live = feed.follow(id);
  const { cursor: old } = await live.next('SNAPSHOT');
  await raiseEpoch(feed.db);
  await waitUntil('it has begun anew', () => live.events.filter(({ kind }) => kind === 'SNAPSHOT').length === 2);
  await feed.bring({ externalReference: 'mine', lines: mugs(8) });
  await waitUntil('and goes on', () => live.events.at(-1)?.order?.version === 3);
  await live.stop();
  await expectSnapshot(id, old);
});

const noSuchOrder = { message: 'There is no such order.', extensions: { code: 'BAD_USER_INPUT' } };

it('staff, whoever placed it and the partner of its channel follow an order; to all others it is one that is not there', async () => {
  const { id } = await feed.bring({ externalReference: 'whose', customerId: 'ann', channelId: 'fair' });
  const staff = createCaller('staff', {}, ['orders:read']);
  for (const caller of [staff, customerCalled('ann'), partnerOn('fair')]) {
    const reader = feed.follow(id, { caller });
    expect((await reader.next('SNAPSHOT')).order?.id).toBe(id);
    await reader.stop();
    const { data } = await feed.pull({ id }, caller);
    expect(data?.orderChanges).toMatchObject({ kind: 'SNAPSHOT', orders: [{ id }] });
  }
  const strangers = [
    nobody,
    customerCalled('bob'),
    partnerOn('web'),
    tillAt('warehouse'),
    createCaller('staff', {}, ['stock:read']),
  ];
  const refusals = new Set<string>();
  for (const caller of strangers) {
    for (const asked of [id, 'nothing', '', 'a\u0000b']) {
      const reader = feed.follow(asked, { caller });
      await reader.ended;
      expect(reader.events).toEqual([]);
      expect(reader.refusals).toMatchObject([{ errors: [noSuchOrder] }]);
      refusals.add(JSON.stringify(reader.refusals));
      expect(await feed.pull({ id: asked }, caller)).toEqual({ data: { orderChanges: null } });
    }
  }
  expect(refusals.size).toBe(1);
});

it('an order that is given to another customer is followed by that one, and no longer by the first', async () => {
  const given = { externalReference: 'moved' };
  const { id } = await feed.bring({ ...given, customerId: 'ann' });
  const ann = feed.follow(id, { caller: customerCalled('ann') });
  const { cursor } = await ann.next('SNAPSHOT');
  await feed.bring({ ...given, customerId: 'ann', lines: mugs(5) });
  // What she has not been sent when it is his is his.
  await ann.next('CHANGES');
  await feed.bring({ ...given, customerId: 'bob', lines: mugs(5) });
  await ann.ended;
  expect(ann.orders().map(({ version }) => version)).toEqual([1, 2]);
  expect(ann.refusals).toMatchObject([{ errors: [noSuchOrder] }]);
  // With her cursor he is told nothing of her time.
  const bob = feed.follow(id, { caller: customerCalled('bob'), after: cursor });
  expect(await bob.next('SNAPSHOT')).toMatchObject({ order: { version: 3 } });
  await bob.stop();
  expect(bob.events[0]?.kind).toBe('SNAPSHOT');
  const { data } = await feed.pull({ id, after: cursor }, customerCalled('bob'));
  expect(data?.orderChanges).toMatchObject({ kind: 'SNAPSHOT', orders: [{ version: 3 }] });
});

it('an order is pulled page by page, and its cursors are those of the subscription', async () => {
  const given = { externalReference: 'pulled' };
  const pull = async (variables: Record<string, unknown>) =>
    (await feed.pull(variables)).data?.orderChanges as OrderPage;
  const { id } = await feed.bring(given);
  const first = await pull({ id });
  expect(first).toMatchObject({ kind: 'SNAPSHOT', hasMore: false, orders: [{ version: 1 }] });
  for (const units of [4, 5, 6]) await feed.bring({ ...given, lines: mugs(units) });
  await everythingHasANumber();
  const second = await pull({ id, after: first.cursor, first: 2 });
  expect(second).toMatchObject({ kind: 'CHANGES', hasMore: true, orders: [{ version: 2 }, { version: 3 }] });
  const reader = feed.follow(id, { after: second.cursor });
  const { cursor } = await reader.next('CHANGES');
  await reader.stop();
  expect(reader.orders().map(({ version }) => version)).toEqual([4]);
  await feed.bring({ ...given, lines: mugs(7) });
  await everythingHasANumber();
  const third = await pull({ id, after: cursor });
  expect(third).toMatchObject({ kind: 'CHANGES', hasMore: false, orders: [{ version: 5 }] });
  expect(await pull({ id, after: third.cursor })).toMatchObject({ kind: 'CHANGES', orders: [] });
  for (const size of [0, -1, 101]) {
    const { errors } = await feed.pull({ id, first: size });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  }
});

it('what is brought in again as it is changes nothing', async () => {
  const { id } = await feed.bring({ externalReference: 'same' });
  await everythingHasANumber();
  const { number } = await readFeedState(feed.db);
  expect(await feed.bring({ externalReference: 'same' })).toEqual({ id, outcome: { kind: 'unchanged' } });
  await everythingHasANumber();
  expect((await readFeedState(feed.db)).number).toBe(number);
});
