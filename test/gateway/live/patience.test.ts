import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type FeedEvent, followFeed } from '../../../clients/live/follow-feed.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type ChangedEvent, changedQuery, follow, type LiveGraph, startLiveGraph } from './live-graph.ts';
import { manySockets } from './many-sockets.ts';
import { openCrowd } from './open-crowd.ts';
import { Shelf } from './shelf.ts';

const quickly = { subgraphDeadlineMs: 100, socketPingMs: 60_000 };
const never = 600_000;

/** Versions of one key, as a client has been shown them. */
function versionsOf(events: readonly Pick<ChangedEvent, 'kind' | 'levels'>[]): number[] {
  return events.filter(({ kind }) => kind === 'CHANGES').flatMap(({ levels }) => levels.map(({ version }) => version));
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

async function haveTried(graph: LiveGraph, tries: number): Promise<void> {
  await waitUntil(
    `${tries} tries have failed`,
    async () => (await graph.metric('gateway_live_enrichment_retries_total')) >= tries,
  );
}

/** Our own client with a field that may be null, and everything it was told. */
function followNotes(url: string) {
  const events: FeedEvent<ChangedEvent['levels'][number]>[] = [];
  const told: unknown[] = [];
  const closes: number[] = [];
  class SeenSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols);
      this.once('close', (code) => closes.push(code));
    }
  }
  const following = followFeed<ChangedEvent['levels'][number]>({
    url,
    query: changedQuery.replace('title', 'note'),
    variables: { shelf: 'a' },
    webSocketImpl: SeenSocket,
    read: (data) => {
      const { levels, ...rest } = data.changed as ChangedEvent & { kind: 'CHANGES' };
      return { ...rest, items: levels };
    },
    versionOf: ({ item, version }) => ({ key: item.id, version }),
    onEvent: (event) => events.push(event),
    onRefused: (errors) => told.push(errors),
    onHole: (key) => told.push(`hole at ${key}`),
  });
  return { events, told, closes, close: () => following.close() };
}

test.each([
  ['one client sees', 'hangs', 1],
  ['200 clients see', 'is away', 200],
] as const)(
  '%s a pause while the other subgraph %s, and then everything once and in order',
  async (_who, how, clients) => {
    const shelf = new Shelf(never);
    await using graph = await startLiveGraph({ over: 'http', shelf, settings: { ...manySockets, ...quickly } });
    const first = follow(graph.socketUrl);
    await waitUntil('the first is there', () => first.events.length === 1);
    const crowd = await openCrowd(graph.socketUrl, clients);
    await waitUntil('all have the snapshot', () => crowd.leastEvents() === 1);
    if (how === 'hangs') graph.titles.hang();
    else await graph.takeTitlesAway();
    for (let change = 1; change <= 20; change++) {
      shelf.change('one');
      if (change % 5 === 0) await haveTried(graph, change / 5);
    }
    expect(first.events).toHaveLength(1);
    if (how === 'hangs') graph.titles.answer();
    else await graph.bringTitlesBack();
    await waitUntil('the first has everything', () => first.events.at(-1)?.cursor === 'c20');
    await waitUntil('all have', () => crowd.leastEvents() === first.events.length);
    expect(versionsOf(first.events)).toEqual(upTo(20));
    for (const { levels } of first.events) for (const { item } of levels) expect(item.title).toBe('Title of one');
    crowd.check(first.events.map(({ cursor }) => cursor));
    expect([first.errors, first.closes]).toEqual([[], []]);
    expect(shelf.opened).toBe(1);
    await Promise.all([first.stop(), crowd.leave()]);
  },
);

test('a burst behind a pause waits within its bound: the rest is fetched again', async () => {
  const shelf = new Shelf(never);
  await using graph = await startLiveGraph({ over: 'http', shelf, settings: quickly });
  const client = follow(graph.socketUrl);
  await waitUntil('it is there', () => client.events.length === 1);
  graph.titles.hang();
  for (let change = 1; change <= 1_500; change++) {
    shelf.change('one');
    await new Promise((resolve) => setImmediate(resolve));
  }
  // What waits is at most 1,000 events: with more the upstream is left, and read again from the last cursor that clients have.
  await waitUntil('the upstream was left', () => shelf.running === 0);
  graph.titles.answer();
  await waitUntil('it has everything', () => client.events.at(-1)?.cursor === 'c1500');
  expect(versionsOf(client.events)).toEqual(upTo(1_500));
  expect(shelf.opened).toBe(2);
  await client.stop();
});

test('after the longest time an event with nulls says so, the next ones do not wait, and whole ones follow', async () => {
  // Its heartbeats need no other subgraph, and so say nothing of whether it is back.
  const shelf = new Shelf(30);
  await using graph = await startLiveGraph({
    over: 'http',
    shelf,
    settings: { ...quickly, liveEnrichPatienceMs: 500 },
  });
  const client = followNotes(graph.socketUrl);
  const seen = () => client.events.filter(({ kind }) => kind !== 'HEARTBEAT');
  const beats = () => client.events.length - seen().length;
  await waitUntil('it is there', () => client.events.length > 0);
  await graph.takeTitlesAway();
  for (const cursor of ['c1', 'c2', 'c3']) {
    shelf.change('one');
    await waitUntil('it has come', () => client.events.at(-1)?.cursor === cursor);
    const before = beats();
    await waitUntil('a heartbeat came', () => beats() > before);
  }
  expect(
    seen()
      .slice(1)
      .map(({ items }) => items),
  ).toEqual(upTo(3).map((version) => [{ version, item: { id: 'one', note: null } }]));
  expect(seen().map(({ isIncomplete }) => isIncomplete)).toEqual([false, true, true, true]);
  // The first waited, the others did not.
  const tries = await graph.metric('gateway_live_enrichment_retries_total');
  shelf.change('one');
  await waitUntil('it has come', () => client.events.at(-1)?.cursor === 'c4');
  expect(await graph.metric('gateway_live_enrichment_retries_total')).toBe(tries);
  expect(await graph.metric('gateway_live_incomplete_total')).toBe(4);
  await graph.bringTitlesBack();
  shelf.change('two');
  await waitUntil('it has come', () => client.events.at(-1)?.cursor === 'c5');
  expect(seen().at(-1)).toMatchObject({ isIncomplete: false, items: [{ item: { note: 'Note on two' } }] });
  expect([client.told, client.closes]).toEqual([[], []]);
  await client.close();
});

test('after the longest time with nothing left to send, sockets end with 1013 and streams end; both lose nothing', async () => {
  const shelf = new Shelf(never);
  await using graph = await startLiveGraph({
    over: 'http',
    shelf,
    settings: { ...quickly, liveEnrichPatienceMs: 300 },
  });
  const stock = follow(graph.socketUrl);
  const stream = await openStream(graph, undefined);
  await waitUntil('both are there', () => stock.events.length === 1 && stream.text().includes('id: c0'));
  await graph.takeTitlesAway();
  shelf.change('one');
  await waitUntil('the socket was closed', () => stock.closes.length > 0);
  expect(stock.closes).toEqual([1013]);
  await stream.ended;
  expect(stream.text()).not.toContain('complete');
  expect(await graph.metric('gateway_live_sent_back_total')).toBe(2);
  // Before they come: on a busy machine it may take longer than their patience.
  await graph.bringTitlesBack();
  const back = follow(graph.socketUrl, 'c0');
  const streamBack = await openStream(graph, 'c0');
  shelf.change('one');
  await waitUntil(
    'both have everything',
    () => back.events.at(-1)?.cursor === 'c2' && streamBack.text().includes('id: c2'),
  );
  expect(versionsOf(back.events)).toEqual([1, 2]);
  expect(streamBack.text().match(/"version":\d+/g)).toEqual(['"version":1', '"version":2']);
  streamBack.leave();
  await Promise.all([stock.stop(), back.stop()]);
});

test('who has had nothing yet is told that a source is away', async () => {
  await using graph = await startLiveGraph({
    over: 'http',
    settings: { ...quickly, liveEnrichPatienceMs: 200, liveFirstEventMs: 200 },
  });
  graph.shelf.change('one');
  await graph.takeTitlesAway();
  const client = follow(graph.socketUrl);
  await waitUntil('it is told', () => client.errors.length > 0);
  expect(client.errors).toMatchObject([[{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]]);
  expect(client.events).toEqual([]);
  await client.stop();
});

test.each([
  ['a resolver that throws', 'broken', 'INTERNAL_SERVER_ERROR'],
  ['a field that is forbidden', 'secret', 'FORBIDDEN'],
])('%s goes out at once, as it is', async (_what, key, code) => {
  const shelf = new Shelf(never);
  await using graph = await startLiveGraph({ over: 'http', shelf });
  const socket = await openRaw(graph.socketUrl);
  await waitUntil('it is there', () => socket.results.length === 1);
  const { requests } = graph.titles;
  shelf.change(key);
  await waitUntil('the event has come', () => socket.results.length === 2);
  expect(socket.results[1]).toMatchObject({ data: null, errors: [{ extensions: { code } }] });
  expect(socket.results[1]).not.toHaveProperty('extensions');
  expect(graph.titles.requests).toBe(requests + 1);
  expect(await graph.metric('gateway_live_enrichment_retries_total')).toBe(0);
  socket.leave();
});

test('a new supergraph goes on with the event that waits, and a pause ends when nobody is left', async () => {
  const shelf = new Shelf(never);
  await using graph = await startLiveGraph({ over: 'http', shelf, settings: quickly });
  const client = follow(graph.socketUrl);
  await waitUntil('it is there', () => client.events.length === 1);
  graph.titles.hang();
  shelf.change('one');
  await haveTried(graph, 2);
  await graph.gateway.offer(graph.changedSdl);
  graph.titles.answer();
  await waitUntil('the change has come', () => client.events.at(-1)?.cursor === 'c1');
  expect(versionsOf(client.events)).toEqual([1]);
  graph.titles.hang();
  shelf.change('one');
  await haveTried(graph, 4);
  await client.stop();
  await waitUntil('nothing runs', () => shelf.running === 0);
  for (const name of ['operations', 'clients', 'upstreams', 'ring_bytes']) {
    expect(await graph.metric(`gateway_live_${name}`)).toBe(0);
  }
});

/** An event stream, read as it comes. */
async function openStream(graph: LiveGraph, cursor: string | undefined) {
  const left = new AbortController();
  const url = new URL(graph.gateway.url);
  url.search = String(new URLSearchParams({ query: changedQuery, variables: '{"shelf":"a"}' }));
  const headers = { accept: 'text/event-stream', ...(cursor === undefined ? {} : { 'last-event-id': cursor }) };
  const response = await fetch(url, { headers, signal: left.signal });
  let text = '';
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  };
  const ended = read();
  ended.catch(() => undefined); // it was left
  return { text: () => text, ended, leave: () => left.abort() };
}

/** A socket that keeps whole results, errors and all. */
async function openRaw(url: string) {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  const results: unknown[] = [];
  socket.once('open', () => socket.send('{"type":"connection_init"}'));
  socket.on('message', (data) => {
    const { type, payload } = JSON.parse(String(data)) as { type: string; payload: unknown };
    if (type === 'connection_ack') {
      const query = { query: changedQuery, variables: { shelf: 'a' } };
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: query }));
    }
    if (type === 'next') results.push(payload);
  });
  return { results, leave: () => socket.terminate() };
}
