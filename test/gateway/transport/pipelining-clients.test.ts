import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { post, startTestGraph, type TestGraph } from '../server/test-graph.ts';
import { rawPost } from './raw-http.ts';

const query = '{ slow(ms: 2000) me { name } }';

// An operation that is not known goes through Fastify, a known one past it. More than may wait on one connection.
test.each(['unknown', 'known'])(
  '%s operations sent ahead by a client that leaves are not begun, nor counted',
  async (kind) => {
    await using graph = await startTestGraph({ planningDeadlineMs: 20_000, operationDeadlineMs: 30_000 });
    if (kind === 'known') await post(graph.gateway.url, { query });
    const before = graph.accounts.seen.length;
    const socket = connect({ port: graph.gateway.port, host: '127.0.0.1' });
    socket.on('error', () => undefined).resume();
    socket.write(rawPost(JSON.stringify({ query })).repeat(40));
    await waitUntil('the first is below', () => graph.accounts.seen.length > before);
    socket.destroy();
    await waitUntil('nothing runs', async () => (await running(graph)) === 0);
    expect(graph.accounts.seen.length).toBe(before + 1);
    const startedAt = performance.now();
    await graph.gateway.close();
    // Requests that are still counted would keep it open until the drain's deadline.
    expect(performance.now() - startedAt).toBeLessThan(1_900);
  },
);

async function running({ gateway }: TestGraph): Promise<number> {
  const text = await (await fetch(new URL('/metrics', gateway.url))).text();
  return Number(/^gateway_operations_running (\d+)/m.exec(text)?.[1]);
}
