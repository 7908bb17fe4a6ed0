import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type FeedEvent, followFeed } from '../../clients/live/follow-feed.ts';
import { readFeedState } from '../../db/change-feed/feed-state.ts';
import { openTail } from '../../db/change-feed/open-tail.ts';
import { createGateway, type Gateway } from '../../gateway/server.ts';
import { compose, defaultSubgraphPorts, readSubgraphSdl } from '../../schema/compose.ts';
import type { SubgraphName } from '../../schema/subgraph-names.ts';
import { toStockCursor } from '../../subgraphs/inventory/feed/stock-cursor.ts';
import { startInventoryJobs } from '../../subgraphs/inventory/start-inventory-jobs.ts';
import { createInventorySubgraph } from '../../subgraphs/inventory/subgraph.ts';
import { createProductsSubgraph } from '../../subgraphs/products/subgraph.ts';
import type { Subgraph } from '../../subgraphs/shared/create-subgraph.ts';
import { type ServedSubgraph, serveSubgraph } from '../../subgraphs/shared/serve-subgraph.ts';
import { projectRoot } from '../check/source-files.ts';
import { createSeededDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { ownIdentitySettings, staffAuthorization } from '../support/tokens.ts';
import { waitUntil } from '../support/wait-until.ts';
import { ask } from './graph-client.ts';

interface Level {
  readonly version: number;
  readonly onHand: number;
  readonly sellable: number;
  readonly variant: {
    readonly sku: string;
    readonly title: string;
    readonly product: { readonly title: string } | null;
    readonly price: { readonly amount: { readonly amount: string; readonly currencyCode: string } } | null;
  };
}

const readOperation = (file: string) => readFileSync(join(projectRoot, 'schema/operations', file), 'utf8');
/** What the gateway signs its calls with. */
const secret = 'a secret that only the two of them know';
const tillStock = readOperation('till/stock-feed.graphql');
const { location } = JSON.parse(readOperation('till/stock-feed.variables.json')) as { location: string };

let database: TestDatabase;
let closing: AsyncDisposableStack;
let subgraphs: readonly Subgraph[];
let identity: Awaited<ReturnType<typeof ownIdentitySettings>>;
let authorization: string;

beforeAll(async () => {
  closing = new AsyncDisposableStack();
  identity = await ownIdentitySettings();
  authorization = await staffAuthorization();
  database = closing.adopt(await createSeededDatabase(), (opened) => opened.close());
  const unexpected = (error: unknown) => {
    throw error;
  };
  const options = async (name: SubgraphName) => ({ sdl: await readSubgraphSdl(name), onInternalError: unexpected });
  const { db, createClient } = database.connectAs('inventory');
  const tail = closing.adopt(openTail({ db, owner: 'inventory', createClient }), (opened) => opened.close());
  closing.adopt(startInventoryJobs({ db, onError: unexpected }), (jobs) => jobs.close());
  subgraphs = [
    createProductsSubgraph({ db: database.connectAs('products').db, ...(await options('products')) }),
    createInventorySubgraph({ db, tail, ...(await options('inventory')) }),
  ];
}, 120_000);
afterAll(() => closing.disposeAsync());

/** The whole graph, with the two subgraphs that a shelf needs. */
async function openGateway(over: 'in process' | 'http', running: AsyncDisposableStack): Promise<Gateway> {
  // A busy machine plans slowly, which is not what this is about.
  const settings = { port: 0, logLevel: 'silent', watch: false, planningDeadlineMs: 20_000, ...identity } as const;
  let { supergraph: sdl } = await compose();
  if (over === 'in process') {
    const inProcess = subgraphs.map(
      ({ name, execute, subscribe }) => [name, { kind: 'in-process', execute, subscribe }] as const,
    );
    const created = await createGateway({
      supergraph: { kind: 'sdl', sdl },
      subgraphs: Object.fromEntries(inProcess),
      settings,
    });
    return running.adopt(created, (gateway) => gateway.close());
  }
  for (const subgraph of subgraphs) {
    const isReady = async () => true;
    const served: ServedSubgraph = await serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, secret, isReady });
    running.adopt(served, (each) => each.close());
    const port = defaultSubgraphPorts[subgraph.name as SubgraphName];
    sdl = sdl.replaceAll(`http://127.0.0.1:${port}/graphql`, served.url);
  }
  const signing = { ...settings, subgraphSecret: secret };
  return running.adopt(await createGateway({ supergraph: { kind: 'sdl', sdl }, settings: signing }), (gateway) =>
    gateway.close(),
  );
}

/** A till, as written in schema/operations. */
function openTill(gateway: Gateway, cursor?: string) {
  const events: FeedEvent<Level>[] = [];
  const faults: unknown[] = [];
  const following = followFeed<Level>({
    url: gateway.url.replace('http', 'ws'),
    query: tillStock,
    variables: { location },
    cursor,
    connectionParams: { authorization },
    webSocketImpl: WebSocket,
    read: ({ stockChanged }) => {
      const { levels, ...rest } = stockChanged as { cursor: string; kind: 'CHANGES'; levels: readonly Level[] };
      return { ...rest, items: levels };
    },
    versionOf: ({ variant, version }) => ({ key: variant.sku, version }),
    onEvent: (event) => events.push(event),
    onRefused: (errors) => faults.push(errors),
    onHole: (key) => faults.push(`a hole at ${key}`),
  });
  return { events, faults, following };
}

async function adjust(gateway: Gateway, sku: string, delta: number): Promise<void> {
  const input = { location, sku, delta, reason: 'RECEIVED', reference: 'test', idempotencyKey: crypto.randomUUID() };
  const query = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { userErrors { message } } }`;
  const answer = await ask(gateway.url, query, { input }, { authorization });
  expect(answer.errors).toBeUndefined();
  expect(answer).toMatchObject({ data: { adjustStock: { userErrors: [] } } });
}

describe.each(['in process', 'http'] as const)('subgraphs %s', (over) => {
  test('a till sees its shelf with titles and prices, then what changes, also what changed while it was away', async () => {
    await using running = new AsyncDisposableStack();
    const gateway = await openGateway(over, running);
    const till = openTill(gateway);
    running.defer(() => till.following.close());
    const snapshot = await waitUntil('the snapshot', () => till.events[0] ?? till.faults[0], 40_000);
    expect(till.faults).toEqual([]);
    expect(snapshot).toMatchObject({ kind: 'SNAPSHOT' });
    const items = till.events[0]?.items ?? [];
    expect(items.length).toBeGreaterThan(10);
    const sold = items.find(({ variant }) => variant.price !== null && variant.product !== null);
    if (sold === undefined) return expect.unreachable('the sample shop has something with a price');
    expect(sold.variant.price?.amount.amount).toMatch(/^\d+\.\d+$/);

    await adjust(gateway, sold.variant.sku, 3);
    const changed = await waitUntil('the change', () => till.events.find(({ kind }) => kind === 'CHANGES'));
    const expected = { ...sold, version: sold.version + 1, onHand: sold.onHand + 3, sellable: sold.sellable + 3 };
    expect(changed.items).toEqual([expected]);
    expect(Buffer.from(changed.cursor, 'base64url')).toHaveLength(33);

    await till.following.close();
    await adjust(gateway, sold.variant.sku, 1);
    await adjust(gateway, sold.variant.sku, 1);
    const back = openTill(gateway, till.events.at(-1)?.cursor);
    running.defer(() => back.following.close());
    const versions = await waitUntil('both changes', () => {
      const told = back.events.flatMap(({ items }) => items.map(({ version }) => version));
      return told.length >= 2 && told;
    });
    expect(versions).toEqual([expected.version + 1, expected.version + 2]);
    expect(back.events.some(({ kind }) => kind === 'SNAPSHOT')).toBe(false);
    expect([...till.faults, ...back.faults]).toEqual([]);
  }, 60_000);

  test('a cursor that is from nowhere, the future, another life or another location gets a snapshot of its own', async () => {
    await using running = new AsyncDisposableStack();
    const gateway = await openGateway(over, running);
    const { db } = database.connectAs('inventory');
    const { cursorKey: key, epoch, number } = await readFeedState(db);
    const own = { kind: 'location', locationId: location } as const;
    const right = toStockCursor(key, own, { position: { epoch, number } });
    const other = toStockCursor(key, { ...own, locationId: 'bestbuy-10' }, { position: { epoch, number } });
    const cursors = {
      'a negative one': '-1',
      'a long one': 'A'.repeat(5_000),
      tampered: `${right.slice(0, 20)}${right[20] === 'A' ? 'B' : 'A'}${right.slice(21)}`,
      'cut short': right.slice(0, 40),
      'of another location': other,
      'of the future': toStockCursor(key, own, { position: { epoch, number: number + 1_000 } }),
      'of another life': toStockCursor(key, own, { position: { epoch: epoch - 1, number } }),
      'in the middle of a snapshot': toStockCursor(key, own, { position: { epoch, number }, snapshotAfter: 'A' }),
    };
    const skus = await db.selectFrom('stock_level').select('sku').where('location_id', '=', location).execute();
    for (const [what, cursor] of Object.entries(cursors)) {
      const till = openTill(gateway, cursor);
      running.defer(() => till.following.close());
      const first = await waitUntil(`${what} is answered`, () => till.events[0] ?? till.faults[0]);
      expect(first, what).toMatchObject({ kind: 'SNAPSHOT' });
      expect(new Set(till.events[0]?.items.map(({ variant }) => variant.sku))).toEqual(
        new Set(skus.map(({ sku }) => sku)),
      );
      await till.following.close();
    }
    const till = openTill(gateway, right);
    running.defer(() => till.following.close());
    const first = await waitUntil('the right one is answered', () => till.events[0] ?? till.faults[0]);
    expect(first).toMatchObject({ kind: 'HEARTBEAT' });
  }, 60_000);

  test('a till of a location that is none is refused', async () => {
    await using running = new AsyncDisposableStack();
    const gateway = await openGateway(over, running);
    const faults: unknown[] = [];
    const following = followFeed({
      url: gateway.url.replace('http', 'ws'),
      query: tillStock,
      variables: { location: 'nowhere' },
      connectionParams: { authorization },
      webSocketImpl: WebSocket,
      read: () => expect.unreachable(),
      versionOf: () => expect.unreachable(),
      onEvent: () => expect.unreachable(),
      onRefused: (errors) => faults.push(errors),
    });
    running.defer(() => following.close());
    await waitUntil('it is refused', () => faults.length > 0);
    expect(faults[0]).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
