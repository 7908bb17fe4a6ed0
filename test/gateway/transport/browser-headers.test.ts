import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveSettings } from '../../../gateway/config.ts';
import { startTestGraph, type TestGraph } from '../server/test-graph.ts';
import { sendRaw } from './raw-http.ts';

const shop = 'https://shop.example';
const strangers = [
  'https://evil.example',
  'https://shop.example.evil.example',
  'http://shop.example',
  'https://shop.example:8443',
  'null',
];
let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph({ allowedOrigins: [shop, 'https://till.example'], hstsSeconds: 600 });
});
afterAll(() => graph[Symbol.asyncDispose]());

const body = '{"query":"{ me { name } }"}';
const json = { 'content-type': 'application/json' };
/** What is said to browsers about other origins. */
const cors = (headers: Headers) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

/** fetch sets no Origin of its own here. */
function ask(origin: string | undefined, init: RequestInit = { method: 'POST', body, headers: json }, search = '') {
  const headers = { ...(init.headers as Record<string, string>), ...(origin === undefined ? {} : { origin }) };
  return fetch(`${graph.gateway.url}${search}`, { ...init, headers });
}

describe('answers', () => {
  test('a page of the list may read them, on the short road and on the long one, errors too; others and nobody may not', async () => {
    for (let time = 0; time < 3; time++) {
      const answer = await ask(shop);
      expect(await answer.json()).toEqual({ data: { me: { name: 'Ada' } } });
      expect(cors(answer.headers)).toEqual({
        'access-control-allow-origin': shop,
        'access-control-expose-headers': 'retry-after, x-request-id',
        vary: 'Origin',
      });
      for (const origin of [...strangers, undefined]) {
        expect(cors((await ask(origin)).headers), origin).toEqual({ vary: 'Origin' });
      }
    }
    const refused = await ask(shop, { method: 'POST', body: '{', headers: json });
    expect([refused.status, cors(refused.headers)['access-control-allow-origin']]).toEqual([400, shop]);
    const stream = await ask(shop, { headers: { accept: 'text/event-stream' } }, '?query=%7B__typename%7D');
    expect(await stream.text()).toContain('"__typename":"Query"');
    expect(cors(stream.headers)['access-control-allow-origin']).toBe(shop);
  });

  test('other paths answer no other origin', async () => {
    for (const path of ['/health/live', '/metrics', '/nothing']) {
      const answer = await fetch(new URL(path, graph.gateway.url), { headers: { origin: shop } });
      await answer.text();
      expect(cors(answer.headers), path).toEqual({});
    }
  });

  test('every answer says that only TLS is to be used, where that is set', async () => {
    for (const path of ['/graphql', '/health/live', '/nothing']) {
      const answer = await fetch(new URL(path, graph.gateway.url));
      await answer.text();
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=600; includeSubDomains');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('with nothing set, nothing is said', async () => {
    await using plain = await startTestGraph();
    const answer = await fetch(plain.gateway.url, { method: 'POST', body, headers: { ...json, origin: shop } });
    await answer.text();
    expect([cors(answer.headers), answer.headers.get('strict-transport-security')]).toEqual([{}, null]);
    const preflight = await fetch(plain.gateway.url, {
      method: 'OPTIONS',
      headers: { origin: shop, 'access-control-request-method': 'POST' },
    });
    await preflight.text();
    expect([preflight.status, cors(preflight.headers)]).toEqual([405, {}]);
  });
});

describe('preflights', () => {
  const preflight = (origin: string, method = 'POST') =>
    ask(origin, {
      method: 'OPTIONS',
      headers: {
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  test('a page of the list may send operations with a proof of identity, and no cookies', async () => {
    const answer = await preflight(shop);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    const said = cors(answer.headers);
    expect(said['access-control-allow-origin']).toBe(shop);
    expect(said['access-control-allow-methods']).toBe('GET, POST');
    expect(said['access-control-allow-headers']?.split(', ')).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'apollo-require-preflight']),
    );
    expect(said['access-control-allow-credentials']).toBeUndefined();
    expect(said.vary).toBe('Origin');
  });

  test('others are told nothing', async () => {
    for (const origin of strangers) {
      const answer = await preflight(origin);
      await answer.text();
      expect([answer.status, cors(answer.headers)], origin).toEqual([405, { vary: 'Origin' }]);
    }
  });

  test('an OPTIONS that is no preflight is no method of ours', async () => {
    const { statuses } = await sendRaw(
      graph.gateway.port,
      `OPTIONS /graphql HTTP/1.1\r\nhost: x\r\norigin: ${shop}\r\nconnection: close\r\n\r\n`,
    );
    expect(statuses).toEqual([405]);
  });
});

test('a page of another site that asks without reading gets no stream, and no operation runs', async () => {
  const seen = graph.accounts.seen.length;
  for (const site of ['cross-site', 'same-site']) {
    const headers = { accept: 'text/event-stream', 'sec-fetch-site': site };
    const answer = await ask(undefined, { headers }, `?query=${encodeURIComponent('{ me { name } }')}`);
    await answer.text();
    expect(answer.status).toBe(403);
  }
  expect(graph.accounts.seen.length).toBe(seen);
});

test('everybody is a list too, but never with credentials', async () => {
  await using open = await startTestGraph({ allowedOrigins: ['*'] });
  const answer = await fetch(open.gateway.url, { method: 'POST', body, headers: { ...json, origin: shop } });
  await answer.text();
  expect(cors(answer.headers)).toEqual({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'retry-after, x-request-id',
  });
});

test('an entry of the list that no browser sends is a mistake', () => {
  for (const origin of ['https://shop.example/', 'shop.example', 'https://Shop.example', 'null', 'https://a:443']) {
    expect(() => resolveSettings({ allowedOrigins: [origin] }), origin).toThrow(/allowedOrigins/);
  }
  expect(resolveSettings({ allowedOrigins: [shop] }).allowedOrigins).toEqual([shop]);
});
