import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { resolveSettings } from '../../../gateway/config.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type LiveGraph, startLiveGraph } from '../live/live-graph.ts';

const { limits } = resolveSettings();

/** A socket that says where it comes from; its close code, when it was refused. */
async function knock(graph: LiveGraph, forwardedFor: string) {
  const socket = new WebSocket(graph.socketUrl, 'graphql-transport-ws', {
    headers: { 'x-forwarded-for': forwardedFor },
  });
  const answer = Promise.race([
    once(socket, 'message').then(([data]) => JSON.parse(String(data)).type as string),
    once(socket, 'close').then(([code]) => code as number),
  ]);
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  return { socket, answer: await answer };
}

describe('places of an address', () => {
  test('behind a proxy that is trusted, each client has its own', async () => {
    await using graph = await startLiveGraph({
      over: 'process',
      settings: { limits, trustedProxies: ['127.0.0.1', '10.0.0.0/8'] },
    });
    const sockets = [];
    for (let count = 0; count < 5; count++) {
      sockets.push(await knock(graph, '203.0.113.1'), await knock(graph, '203.0.113.2, 10.1.2.3'));
    }
    expect(sockets.map(({ answer }) => answer)).toEqual(Array.from({ length: 10 }, () => 'connection_ack'));
    expect((await knock(graph, '203.0.113.1')).answer).toBe(1008);
    // What stands before the last untrusted address is the client's own word.
    expect((await knock(graph, '198.51.100.7, 203.0.113.2')).answer).toBe(1008);
    sockets[0]?.socket.terminate();
    await waitUntil('a place is free', async () => (await graph.metric('gateway_sockets_open')) === 9);
    const again = await knock(graph, '203.0.113.1');
    expect(again.answer).toBe('connection_ack');
    for (const { socket } of [again, ...sockets]) socket.terminate();
    await waitUntil('all places are free', async () => (await graph.metric('gateway_sockets_open')) === 0);
  });

  test('from anybody else, X-Forwarded-For is not believed', async () => {
    await using graph = await startLiveGraph({ over: 'process', settings: { limits } });
    const sockets = [];
    for (let count = 0; count < 6; count++) sockets.push(await knock(graph, `203.0.113.${count}`));
    expect(sockets.map(({ answer }) => answer)).toEqual([...Array.from({ length: 5 }, () => 'connection_ack'), 1008]);
    for (const { socket } of sockets) socket.terminate();
    await waitUntil('all places are free', async () => (await graph.metric('gateway_sockets_open')) === 0);
  });
});

describe('places among the operations that run', () => {
  const ask = async (graph: LiveGraph, count: number) => {
    const socket = new WebSocket(graph.socketUrl, 'graphql-transport-ws');
    const messages: { readonly type: string; readonly payload?: unknown }[] = [];
    socket.on('message', (data) => messages.push(JSON.parse(String(data))));
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await waitUntil('it is acknowledged', () => messages.length === 1);
    for (let id = 0; id < count; id++) {
      const query = id % 2 === 0 ? '{ hello }' : '{ helo }';
      socket.send(JSON.stringify({ type: 'subscribe', id: String(id), payload: { query } }));
      await waitUntil('it is over', () => messages.filter(({ type }) => /error|complete/.test(type)).length > id);
    }
    socket.terminate();
    return messages.filter(({ type }) => /next|error/.test(type)).map(({ payload }) => JSON.stringify(payload));
  };
  const settings = { limits, planningDeadlineMs: 20_000 };

  test('when there is none, sockets and streams are told so, as a POST is', async () => {
    await using graph = await startLiveGraph({ over: 'process', settings: { ...settings, maxRunningOperations: 0 } });
    for (const payload of await ask(graph, 2)) expect(payload).toContain('"OVERLOADED"');
    const stream = await fetch(`${graph.gateway.url}?query={hello}`, { headers: { accept: 'text/event-stream' } });
    expect(stream.status).toBe(503);
    expect(await stream.text()).toContain('"OVERLOADED"');
  });

  test('each is given back, also by what fails', async () => {
    await using graph = await startLiveGraph({ over: 'process', settings: { ...settings, maxRunningOperations: 1 } });
    const payloads = await ask(graph, 6);
    expect(payloads.filter((payload) => payload === '{"data":{"hello":"world"}}')).toHaveLength(3);
    expect(payloads.filter((payload) => payload.includes('GRAPHQL_VALIDATION_FAILED'))).toHaveLength(3);
    const stream = await fetch(`${graph.gateway.url}?query={hello}`, { headers: { accept: 'text/event-stream' } });
    expect(await stream.text()).toContain('{"data":{"hello":"world"}}');
    await waitUntil('nothing runs', async () => (await graph.metric('gateway_operations_running')) === 0);
  });
});
