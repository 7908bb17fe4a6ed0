import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { waitUntil } from '../../support/wait-until.ts';
import { startLiveGraph } from './live-graph.ts';
import { manySockets } from './many-sockets.ts';
import { Shelf } from './shelf.ts';

export interface FullRate {
  readonly changes: number;
  readonly perSecond: number;
  /** Clients that read. */
  readonly readers: number;
  /** Whether one more stops reading after its snapshot. */
  readonly isStalled: boolean;
}

export interface FullRateResult {
  /** Milliseconds from a change to each reader that has it: the 99th percentile. */
  readonly p99Ms: number;
  /** Bytes that waited for the stalled client in the gateway's socket, at most. */
  readonly mostQueued: number;
  /** Bytes of the recent events that all clients share, at most. */
  readonly mostKept: number;
  /** How the stalled client was ended; undefined when it was not. */
  readonly closeCode: number | undefined;
}

export const liveRingBytes = 2_000_000;
const padding = 4_000;
const query = 'subscription { strict(shelf: "a") { cursor kind pad levels { version item { id } } } }';

interface Reader {
  readonly socket: WebSocket;
  /** performance.now() when each version came, by version. */
  readonly arrivals: number[];
  readonly faults: string[];
  hasSnapshot: boolean;
}

/**
 * Changes a feed that may not be conflated at a steady rate while clients read it, and one perhaps does not. Throws unless every
 * reader has every version once and in order.
 */
export async function runFullRate(plan: FullRate): Promise<FullRateResult> {
  const accepted = new Map<number | undefined, Socket>();
  const onSocket = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    accepted.set(socket.remotePort, socket);
  };
  subscribe('net.server.socket', onSocket);
  try {
    const shelf = new Shelf(600_000);
    await using graph = await startLiveGraph({
      over: 'process',
      shelf,
      padding,
      settings: { ...manySockets, liveRingBytes },
    });
    const readers = await Promise.all(Array.from({ length: plan.readers }, () => openReader(graph.socketUrl)));
    const stalled = plan.isStalled ? await openReader(graph.socketUrl) : undefined;
    let closeCode: number | undefined;
    stalled?.socket.once('close', (code) => {
      closeCode = code;
    });
    const way = stalled && accepted.get(portOf(stalled.socket));
    stalled?.socket.pause();
    const begins: number[] = [];
    let [mostQueued, mostKept] = [0, 0];
    let startedAt = performance.now();
    let lookAt = startedAt;
    while (begins.length < plan.changes) {
      const due = Math.min(plan.changes, ((performance.now() - startedAt) / 1_000) * plan.perSecond);
      while (begins.length < due) {
        begins.push(performance.now());
        shelf.change('one');
        await new Promise((resolve) => setImmediate(resolve)); // so that it is an event of its own
      }
      mostQueued = Math.max(mostQueued, way?.writableLength ?? 0);
      if (performance.now() >= lookAt) {
        lookAt = performance.now() + 100;
        mostKept = Math.max(mostKept, await graph.metric('gateway_live_ring_bytes'));
        if (closeCode === undefined && (await graph.metric('gateway_live_too_slow_total')) > 0) {
          // It reads again, so that it sees how it was ended: the gateway cuts it off 2 s later. The load pauses for that.
          const pausedAt = performance.now();
          stalled?.socket.resume();
          await waitUntil('it sees its end', () => closeCode !== undefined);
          startedAt += performance.now() - pausedAt;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 1)); // the pace of the load, not a wait for something
    }
    await waitUntil('all readers have everything', () =>
      readers.every(({ arrivals, faults }) => arrivals.length === plan.changes || faults.length > 0),
    );
    const [fault] = readers.flatMap(({ faults }) => faults);
    if (fault !== undefined) throw new Error(fault);
    stalled?.socket.resume();
    if (stalled !== undefined) await waitUntil('the stalled one was ended', () => closeCode !== undefined);
    for (const { socket } of readers) socket.terminate();
    const ages = readers.flatMap(({ arrivals }) => arrivals.map((at, version) => at - (begins[version] ?? at)));
    ages.sort((one, other) => one - other);
    return { p99Ms: ages[Math.floor(ages.length * 0.99)] ?? 0, mostQueued, mostKept, closeCode };
  } finally {
    unsubscribe('net.server.socket', onSocket);
  }
}

async function openReader(url: string): Promise<Reader> {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  const reader: Reader = { socket, arrivals: [], faults: [], hasSnapshot: false };
  socket.once('open', () => socket.send('{"type":"connection_init"}'));
  socket.on('message', (data) => {
    const text = String(data);
    if (text.includes('"connection_ack"')) {
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
      return;
    }
    if (!text.includes('"next"')) reader.faults.push(text);
    reader.hasSnapshot = true;
    for (const [, version] of text.matchAll(/"version":(\d+)/g)) {
      if (Number(version) !== reader.arrivals.length + 1) reader.faults.push(`${version} came out of order`);
      reader.arrivals.push(performance.now());
    }
  });
  await waitUntil('the snapshot is there', () => reader.hasSnapshot);
  return reader;
}

function portOf(socket: WebSocket): number | undefined {
  return (socket as unknown as { readonly _socket: Socket })._socket.localPort;
}
