import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type FeedEvent, followFeed } from '../../../clients/live/follow-feed.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { startLiveGraph } from './live-graph.ts';
import { Shelf } from './shelf.ts';

interface Level {
  readonly version: number;
  readonly item: { readonly id: string; readonly title: string };
}

const query = `subscription ($after: String) {
  strict(shelf: "a", after: $after) { cursor kind levels { version item { id title } } }
}`;

/** A client whose sockets can be cut and stalled; it checks each event against the shelf when it ends. */
function openReader(url: string) {
  const sockets = new Set<WebSocket>();
  const events: FeedEvent<Level>[] = [];
  const faults: unknown[] = [];
  class CutSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols);
      sockets.add(this);
      this.once('close', () => sockets.delete(this));
    }
  }
  const following = followFeed<Level>({
    url,
    query,
    webSocketImpl: CutSocket,
    read: ({ strict }) => {
      const { levels, ...rest } = strict as { cursor: string; kind: 'CHANGES'; levels: readonly Level[] };
      return { ...rest, items: levels };
    },
    versionOf: ({ item, version }) => ({ key: item.id, version }),
    onEvent: (event) => events.push(event),
    onRefused: (errors) => faults.push(errors),
    onHole: (key) => faults.push(`hole at ${key}`),
  });
  return {
    events,
    faults,
    following,
    cut: () => {
      for (const socket of sockets) socket.terminate();
    },
    stall: () => {
      for (const socket of sockets) if (socket.readyState === socket.OPEN) socket.pause();
    },
    wake: () => {
      for (const socket of sockets) if (socket.isPaused) socket.resume();
    },
  };
}

type Reader = ReturnType<typeof openReader>;

/** Every change of the shelf from the reader's first snapshot on, exactly once and in order. */
function expectExactlyOnce({ events, faults }: Reader, changes: readonly { key: string; version: number }[]): void {
  expect(faults).toEqual([]);
  expect(events[0]?.kind).toBe('SNAPSHOT');
  const begin = Number(events[0]?.cursor.slice(1));
  let applied: { key: string; version: number }[] = [];
  let base = begin;
  for (const { kind, cursor, items } of events.slice(1)) {
    // A feed that was resumed from its cursor never needs to begin anew here: no cursor is forgotten.
    expect(kind).not.toBe('SNAPSHOT');
    applied = applied.concat(items.map(({ item, version }) => ({ key: item.id, version })));
    for (const { item } of items) expect(item.title).toBe(`Title of ${item.id}`);
    expect(Number(cursor.slice(1))).toBe(begin + applied.length);
    base = Number(cursor.slice(1));
  }
  expect(applied).toEqual(changes.slice(begin));
  expect(base).toBe(changes.length);
}

const keys = ['one', 'two', 'three'];
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('change' as const), count: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cut', 'stall', 'wake'), reader: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('break' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('swap' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('hang' as const, 'answer' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
);

test('each client gets each change once and in order, through cuts, stalls, broken upstreams, swaps and a subgraph that hangs', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('http' as const, 'process' as const),
      fc.array(step, { minLength: 5, maxLength: 25 }),
      async (over, steps) => {
        const shelf = new Shelf(20);
        const changes: { key: string; version: number }[] = [];
        const settings = { liveRingBytes: 20_000, subgraphDeadlineMs: 500 };
        await using graph = await startLiveGraph({ over, shelf, settings });
        const readers: Reader[] = [openReader(graph.socketUrl)];
        await using _closing = {
          [Symbol.asyncDispose]: async () =>
            void (await Promise.all(readers.map((reader) => reader.following.close()))),
        };
        let isChanged = false;
        for (const each of steps) {
          const reader = 'reader' in each ? readers[each.reader % readers.length] : undefined;
          switch (each.do) {
            case 'change':
              for (let index = 0; index < each.count; index++) {
                const key = keys[(changes.length * 7 + index) % keys.length] ?? 'one';
                shelf.change(key);
                changes.push({ key, version: shelf.versions.get(key) ?? 0 });
                if (index % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
              }
              break;
            case 'open':
              if (readers.length < 4) readers.push(openReader(graph.socketUrl));
              break;
            case 'cut':
              reader?.cut();
              break;
            case 'stall':
              reader?.stall();
              break;
            case 'wake':
              reader?.wake();
              break;
            case 'break':
              shelf.break();
              break;
            case 'restart':
              await graph.restartFeed();
              break;
            case 'swap':
              isChanged = !isChanged;
              await graph.gateway.offer(isChanged ? graph.changedSdl : graph.sdl);
              break;
            case 'hang':
              graph.titles.hang();
              break;
            case 'answer':
              graph.titles.answer();
              break;
            case 'settle': {
              graph.titles.answer();
              const last = shelf.position;
              readers[0]?.wake();
              await waitUntil(
                'the first reader has caught up',
                () => Number(readers[0]?.following.cursor?.slice(1)) >= last,
              );
              break;
            }
            default:
              each satisfies never;
          }
        }
        graph.titles.answer();
        for (const reader of readers) reader.wake();
        const last = `c${shelf.position}`;
        await waitUntil('all have everything', () =>
          readers.every(({ following, faults }) => following.cursor === last || faults.length > 0),
        );
        for (const reader of readers) expectExactlyOnce(reader, changes);
        await Promise.all(readers.map(({ following }) => following.close()));
        await waitUntil('no upstream is left', () => shelf.running === 0);
      },
    ),
    { seed, numRuns: Number(process.env.LIVE_RUNS ?? 12), endOnFailure: true },
  );
}, 120_000);
