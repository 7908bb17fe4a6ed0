import { expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { changedQuery, startLiveGraph } from './live-graph.ts';

interface Message {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: string;
}

/** Reads an event stream as a browser does. */
async function openStream(url: string, headers: Record<string, string> = {}, body?: object) {
  const leaving = new AbortController();
  const response = await fetch(url, {
    headers: {
      accept: 'text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    signal: leaving.signal,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const messages: Message[] = [];
  const done = (async () => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = field('data');
        if (data !== undefined) messages.push({ event: field('event'), id: field('id'), data });
      }
    }
  })().catch(() => undefined);
  return {
    response,
    messages,
    done,
    async leave() {
      leaving.abort();
      await done;
    },
  };
}

function address(url: string, query: string, variables: object = {}): string {
  return `${url}?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`;
}

test('each event has its cursor as id, and Last-Event-ID resumes', async () => {
  await using graph = await startLiveGraph({ over: 'http' });
  const url = address(graph.gateway.url, changedQuery, { shelf: 'a' });
  const first = await openStream(url);
  expect(first.response.headers.get('content-type')).toContain('text/event-stream');
  await waitUntil('the snapshot is there', () => first.messages.length > 0);
  expect(first.messages[0]).toMatchObject({ event: 'next', id: 'c0' });
  graph.shelf.change('one');
  await waitUntil('the change is there', () => first.messages.some(({ id }) => id === 'c1'));
  await first.leave();
  graph.shelf.change('two');
  const again = await openStream(url, { 'last-event-id': 'c1' });
  await waitUntil('what was missed is there', () => again.messages.length > 0);
  expect(JSON.parse(again.messages[0]?.data ?? '')).toEqual({
    data: {
      changed: { cursor: 'c2', kind: 'CHANGES', levels: [{ version: 1, item: { id: 'two', title: 'Title of two' } }] },
    },
  });
  await again.leave();
  await waitUntil('nothing is left', () => graph.shelf.running === 0);
  await waitUntil('the stream is gone', async () => (await graph.metric('gateway_sockets_open')) === 0);
});

test('queries, refusals and limits, by GET and by POST', async () => {
  await using graph = await startLiveGraph({ over: 'process' });
  const { url } = graph.gateway;
  const posted = await openStream(url, {}, { query: 'mutation { greet(name: "Ada") }' });
  await posted.done;
  expect(posted.messages.map(({ event, data }) => [event, data])).toEqual([
    ['next', '{"data":{"greet":"hello Ada"}}'],
    ['complete', ''],
  ]);
  const codeOf = async (query: string) => {
    const stream = await openStream(address(url, query));
    await stream.done;
    return JSON.parse(stream.messages[0]?.data ?? '{}').errors?.[0]?.extensions.code;
  };
  expect(await codeOf('mutation { greet(name: "Ada") }')).toBe('METHOD_NOT_ALLOWED');
  expect(await codeOf('{ helo }')).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(await codeOf(`{ ${Array.from({ length: 100 }, (_, index) => `a${index}: hello`).join(' ')} }`)).toBe(
    'TOO_MANY_ALIASES',
  );
  expect(await codeOf('subscription { refused }')).toBe('UPSTREAM_UNAVAILABLE');
  expect((await openStream(address(url, '{ hello }'), { origin: 'https://evil.example' })).response.status).toBe(403);
  const streams = [];
  for (let count = 0; count < 5; count++) streams.push(await openStream(address(url, changedQuery, { shelf: 'a' })));
  expect((await openStream(address(url, changedQuery, { shelf: 'a' }))).response.status).toBe(429);
  await Promise.all(streams.map((stream) => stream.leave()));
  await waitUntil('nothing is left', () => graph.shelf.running === 0);
});

test('closing ends the streams', async () => {
  const graph = await startLiveGraph({ over: 'process' });
  const stream = await openStream(address(graph.gateway.url, changedQuery, { shelf: 'a' }));
  await waitUntil('the snapshot is there', () => stream.messages.length > 0);
  await graph[Symbol.asyncDispose]();
  await stream.done;
  expect(graph.shelf.running).toBe(0);
});
