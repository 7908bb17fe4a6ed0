import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { shownError } from '../../../gateway/errors.ts';
import type { LiveEnd, LiveSink } from '../../../gateway/live/live-event.ts';
import { createLiveOperations, type LiveOperations, type LiveRequest } from '../../../gateway/live/live-operations.ts';
import type { LivePlan } from '../../../gateway/live/live-plan.ts';
import { preparePrimary } from '../../../gateway/live/primary-fetch.ts';
import { createPlanner } from '../../../gateway/planning/create-planner.ts';
import { planOperation } from '../../../gateway/planning/plan-operation.ts';
import { createSubgraphClients } from '../../../gateway/subgraph-client/create-subgraph-clients.ts';
import { readSupergraph } from '../../../gateway/supergraph/supergraph.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { compose } from '../server/test-graph.ts';
import {
  type ChangedEvent,
  changedQuery,
  createFeed,
  createTitles,
  shelfSdl,
  Titles,
  titlesSdl,
} from './live-graph.ts';
import { Shelf } from './shelf.ts';

/** A planner of live operations that answers when, and with what, the test says. */
interface SlowPlanner {
  readonly live: LiveOperations;
  readonly request: LiveRequest;
  /** Failures to come, first to last; then it plans. */
  readonly failures: Error[];
  /** What it is asked while this is set waits for it. */
  gate: Promise<void> | undefined;
  asked: number;
  /** Plans made and not yet released. */
  held: number;
}

const settings = {
  ringBytes: 1_000_000,
  totalRingBytes: 1_000_000,
  ringAgeMs: 60_000,
  lingerMs: 0,
  maxUpstreams: 10,
  enrichDeadlineMs: 5_000,
  enrichPatienceMs: 5_000,
  firstEventMs: 5_000,
  sharing: true,
};

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

function openPlanner(shelf: Shelf): SlowPlanner {
  const document = parse(changedQuery);
  const sdl = compose([
    { name: 'feed', sdl: shelfSdl, url: 'http://feed.invalid' },
    { name: 'titles', sdl: titlesSdl, url: 'http://titles.invalid' },
  ]);
  const supergraph = readSupergraph(sdl);
  const planner = createPlanner(supergraph);
  const subgraphs = { feed: createFeed(shelf, 0), titles: createTitles(new Titles()) };
  const clients = createSubgraphClients(
    new Map(
      Object.entries(subgraphs).map(([name, { execute, subscribe }]) => [
        name,
        { kind: 'in-process' as const, execute, subscribe },
      ]),
    ),
  );
  const live = createLiveOperations(settings, {});
  cleanups.push(
    () => planner.close(),
    () => clients.close(),
    () => live.close(),
  );
  const prepare = async (): Promise<LivePlan> => {
    slow.asked++;
    await slow.gate;
    const failure = slow.failures.shift();
    if (failure !== undefined) throw failure;
    const plan = await planOperation({ supergraph, planner, document, signal: new AbortController().signal });
    if (plan.subscription === undefined) throw new Error('It is a subscription.');
    let isReleased = false;
    slow.held++;
    return {
      plan,
      primary: preparePrimary(plan.subscription, supergraph, { document, operationName: undefined }),
      clients,
      isCurrent: () => true,
      release() {
        if (isReleased) throw new Error('A plan was released twice.');
        isReleased = true;
        slow.held--;
      },
    };
  };
  const request: LiveRequest = {
    document,
    documentHash: 'changed',
    operationName: undefined,
    variables: { shelf: 'a' },
    audience: 'somebody',
    headers: {},
    role: { audience: 'some', headers: {} },
    requestId: 'request-1',
    resumeFrom: undefined,
    prepare,
  };
  const slow: SlowPlanner = { live, request, failures: [], gate: undefined, asked: 0, held: 0 };
  return slow;
}

async function attach({ live, request }: SlowPlanner) {
  const events: ChangedEvent[] = [];
  const ends: LiveEnd[] = [];
  const sink: LiveSink = {
    isWritable: true,
    write: (body) => {
      events.push((JSON.parse(body.toString()) as { data: { changed: ChangedEvent } }).data.changed);
      return true;
    },
    end: (end) => void ends.push(end),
  };
  const member = await live.open(request, sink);
  member.begin();
  await waitUntil('the snapshot is there', () => events.length === 1);
  return { events, ends, leave: () => member.leave() };
}

const busy = [
  shownError('QUERY_TOO_COMPLEX', 'The operation takes too long to plan.'),
  shownError('OVERLOADED', 'Too many documents wait.'),
  new Error('The planner has crashed.'),
];

test('while the planner is slow the old plan serves; it is asked again until it answers, and nothing is missed', async () => {
  const shelf = new Shelf(600_000);
  const planner = openPlanner(shelf);
  const client = await attach(planner);
  planner.failures.push(...busy);
  const replanned = planner.live.replanAll();
  for (let change = 1; planner.failures.length > 0; change++) {
    shelf.change('one');
    await waitUntil('the change has come', () => client.events.at(-1)?.cursor === `c${change}`);
  }
  await replanned;
  shelf.change('one');
  await waitUntil('the last has come', () => client.events.at(-1)?.cursor === `c${shelf.position}`);
  const versions = client.events.slice(1).flatMap(({ levels }) => levels.map(({ version }) => version));
  expect(versions).toEqual(Array.from({ length: shelf.position }, (_, index) => index + 1));
  // Opened, three failures, and one that went well; of the plans only the last is kept, and the upstream is the first.
  expect([planner.asked, planner.held, shelf.opened]).toEqual([5, 1, 1]);
  expect(client.ends).toEqual([]);
  client.leave();
  await waitUntil('nothing runs', () => shelf.running === 0);
  expect(planner.held).toBe(0);
});

test('a swap that comes while the last one is being planned, or waits to be, takes its place', async () => {
  const shelf = new Shelf(600_000);
  const planner = openPlanner(shelf);
  const client = await attach(planner);
  const gate = Promise.withResolvers<void>();
  planner.gate = gate.promise;
  const first = planner.live.replanAll();
  planner.gate = undefined;
  await planner.live.replanAll();
  gate.resolve();
  await first; // what it planned too late is released
  expect([planner.asked, planner.held]).toEqual([3, 1]);
  planner.failures.push(...busy.slice(0, 1));
  const third = planner.live.replanAll();
  await waitUntil('it has failed once', () => planner.failures.length === 0);
  await planner.live.replanAll();
  await third; // it does not ask again
  expect([planner.asked, planner.held]).toEqual([5, 1]);
  expect(client.ends).toEqual([]);
  client.leave();
  expect(planner.held).toBe(0);
});

test('what is not valid any more ends at once; who leaves while the planner is slow leaves nothing behind', async () => {
  const shelf = new Shelf(600_000);
  const planner = openPlanner(shelf);
  const first = await attach(planner);
  planner.failures.push(...busy);
  const replanned = planner.live.replanAll();
  await waitUntil('it has failed', () => planner.failures.length < busy.length);
  first.leave();
  await replanned;
  expect([planner.held, shelf.running]).toEqual([0, 0]);
  planner.failures.length = 0;
  const second = await attach(planner);
  planner.failures.push(shownError('GRAPHQL_VALIDATION_FAILED', 'The schema has changed.'));
  await planner.live.replanAll();
  expect(second.ends).toMatchObject([
    { kind: 'error', errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId: 'request-1' } }] },
  ]);
  await waitUntil('nothing runs', () => shelf.running === 0);
  expect([planner.held, planner.live.statistics.operations]).toEqual([0, 0]);
});
