import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveSettings } from '../../../gateway/config.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { changedQuery, follow, type LiveGraph, startLiveGraph } from './live-graph.ts';
import { openRawSocket, toFrame } from './raw-socket.ts';

let graph: LiveGraph;

beforeAll(async () => {
  graph = await startLiveGraph({
    over: 'process',
    settings: { limits: resolveSettings().limits, planningDeadlineMs: 20_000 },
  });
});
afterAll(() => graph[Symbol.asyncDispose]());

const text = (value: object) => Buffer.from(JSON.stringify(value));
const init = toFrame({ opcode: 1, payload: text({ type: 'connection_init' }) });
const closeFrame = (code: number) => {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return toFrame({ opcode: 8, payload });
};

/** The same process answers, and nothing of the attacker is left. */
async function expectUnharmed(): Promise<void> {
  const client = follow(graph.socketUrl);
  await waitUntil('another client is served', () => client.events.length > 0);
  await client.stop();
  await waitUntil('all sockets are given back', async () => (await graph.metric('gateway_sockets_open')) === 0);
  await waitUntil('the upstream is gone', () => graph.shelf.running === 0);
}

describe('frames that the protocol forbids', () => {
  test.each([
    ['a reserved bit', toFrame({ opcode: 1, payload: text({ type: 'ping' }), reserved: 2 }), 1002],
    ['compression that was not negotiated', toFrame({ opcode: 1, payload: text({ type: 'ping' }), reserved: 4 }), 1002],
    ['a reserved opcode', toFrame({ opcode: 3 }), 1002],
    ['a close code of nobody', closeFrame(1_006), 1002],
    ['a close code below all', closeFrame(999), 1002],
    ['a close frame of one byte', toFrame({ opcode: 8, payload: Buffer.from([3]) }), 1002],
    ['a ping of 126 bytes', toFrame({ opcode: 9, payload: Buffer.alloc(126) }), 1002],
    ['a ping in pieces', toFrame({ opcode: 9, isFinal: false }), 1002],
    ['a frame without a mask', toFrame({ opcode: 1, payload: text({ type: 'ping' }), isMasked: false }), 1002],
    ['a continuation of nothing', toFrame({ opcode: 0, payload: Buffer.from('x') }), 1002],
    ['text that is not UTF-8', toFrame({ opcode: 1, payload: Buffer.from([0xff, 0xfe]) }), 1007],
  ])('%s: %#', async (_what, frame, code) => {
    for (const isKnown of [false, true]) {
      const raw = await openRawSocket(graph.socketUrl);
      if (isKnown) raw.write(init);
      raw.write(frame);
      expect(await raw.closeCode).toBe(code);
      raw.destroy();
    }
    await expectUnharmed();
  });

  test('in the middle of a subscription too: its place is given back', async () => {
    const raw = await openRawSocket(graph.socketUrl);
    raw.write(init);
    const payload = { query: changedQuery, variables: { shelf: 'a' } };
    raw.write(toFrame({ opcode: 1, payload: text({ type: 'subscribe', id: '1', payload }) }));
    await waitUntil('it runs', () => graph.shelf.running === 1);
    raw.write(toFrame({ opcode: 1, reserved: 7 }));
    expect(await raw.closeCode).toBe(1002);
    raw.destroy();
    await expectUnharmed();
  });
});

test('a header that announces 100 MB is answered 1009 at once, before any of it has come, and takes no memory', async () => {
  const before = process.memoryUsage.rss();
  const startedAt = performance.now();
  const raws = [];
  for (let count = 0; count < 50; count++) {
    const raw = await openRawSocket(graph.socketUrl);
    raw.write(toFrame({ opcode: 1, announcedBytes: 100_000_000 }));
    raws.push(raw);
  }
  for (const raw of raws) expect(await raw.closeCode).toBe(1009);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  // 50 times 100 MB were announced; 60 MB is what a busy process of this size varies by.
  expect(process.memoryUsage.rss() - before).toBeLessThan(60_000_000);
  for (const raw of raws) raw.destroy();
  await expectUnharmed();
});

test('a message in pieces that together are too big is answered 1009', async () => {
  const raw = await openRawSocket(graph.socketUrl);
  raw.write(toFrame({ opcode: 1, payload: Buffer.alloc(60_000, 'x'), isFinal: false }));
  raw.write(toFrame({ opcode: 0, payload: Buffer.alloc(60_000, 'x') }));
  expect(await raw.closeCode).toBe(1009);
  raw.destroy();
  await expectUnharmed();
});

test('a client that cuts the connection in the middle of a frame leaves nothing behind', async () => {
  const raw = await openRawSocket(graph.socketUrl);
  raw.write(init);
  raw.write(toFrame({ opcode: 1, payload: Buffer.alloc(10), announcedBytes: 1_000 }));
  raw.destroy();
  expect(await raw.closeCode).toBe(1006);
  await expectUnharmed();
});
