import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type GatewaySettings, resolveSettings } from '../../../gateway/config.ts';
import { hashOf, readManifest } from '../../../gateway/documents/read-manifest.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { startLiveGraph } from '../live/live-graph.ts';
import { post, startTestGraph } from '../server/test-graph.ts';

const known = 'query Known { hello }';
const change = 'mutation Greet($name: String!) { greet(name: $name) }';
const live = 'subscription Live { plain }';
const strange = '{ position }';
const answer = { data: { hello: 'world' } };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'documents-'));
});
afterAll(() => rm(directory, { recursive: true }));

let files = 0;
/** Writes a file as tools do that replace it: whole. */
async function write(documents: object, path = join(directory, `manifest-${++files}.json`)): Promise<string> {
  await writeFile(`${path}.new`, JSON.stringify(documents));
  await rename(`${path}.new`, path);
  return path;
}

type Mode = GatewaySettings['documentMode'];
interface Sent {
  readonly query?: string;
  readonly documentId?: unknown;
  readonly extensions?: object;
  readonly variables?: object;
  readonly operationName?: string;
}
interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: Record<string, unknown> }[];
}

async function start(documentMode: Mode, more: Partial<GatewaySettings> = {}) {
  const documentManifest = await write({ clients: { shop: { documents: { known, change, live } } } });
  const graph = await startLiveGraph({
    over: 'process',
    settings: { limits: resolveSettings().limits, watchIntervalMs: 20, documentMode, documentManifest, ...more },
  });
  const { url } = graph.gateway;
  const search = (sent: Sent) =>
    `${url}?${new URLSearchParams(
      Object.entries(sent).map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )}`;
  const firstEvent = async (response: Response): Promise<Answered> =>
    JSON.parse(/^data: (.+)$/m.exec(await response.text())?.[1] ?? '{}');
  const stream = { accept: 'text/event-stream' };
  const json = { 'content-type': 'application/json' };
  const roads: Readonly<Record<string, (sent: Sent) => Promise<Answered>>> = {
    POST: async (sent) => (await post(url, sent)).body,
    GET: async (sent) => {
      const response = await fetch(search(sent), { headers: { 'apollo-require-preflight': '1' } });
      return (await response.json()) as Answered;
    },
    'an event stream by POST': async (sent) =>
      firstEvent(await fetch(url, { method: 'POST', headers: { ...json, ...stream }, body: JSON.stringify(sent) })),
    'an event stream by GET': async (sent) => firstEvent(await fetch(search(sent), { headers: stream })),
    WebSocket: (sent) => askSocket(graph.socketUrl, sent),
  };
  return { graph, roads, documentManifest, [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose]() };
}

/** The first thing that a socket answers. */
async function askSocket(url: string, payload: Sent): Promise<Answered> {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  const messages: { readonly type: string; readonly payload?: unknown }[] = [];
  let closed: number | undefined;
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  socket.on('close', (code) => {
    closed = code;
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send('{"type":"connection_init"}');
  await waitUntil('it is acknowledged', () => messages.length > 0);
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
  const message = await waitUntil('it answers', () => {
    if (closed !== undefined) throw new Error(`It closed with ${closed}.`);
    return messages[1];
  });
  socket.terminate();
  return message.type === 'error' ? ({ errors: message.payload } as Answered) : (message.payload as Answered);
}

const codeOf = ({ errors }: Answered) => errors?.[0]?.extensions.code;
const hash = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });
/** How a client names a document that it does not send. */
const names: readonly Sent[] = [
  { documentId: 'known' },
  { documentId: `sha256:${hashOf(known)}` },
  { extensions: hash(known) },
  { extensions: hash(known), query: known },
  { documentId: 'known', query: known },
];
const strangers: readonly (readonly [Sent, string])[] = [
  [{ documentId: 'strange' }, 'PERSISTED_QUERY_NOT_FOUND'],
  [{ documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_FOUND'],
  [{ extensions: hash(strange) }, 'PERSISTED_QUERY_NOT_FOUND'],
  [{ extensions: hash(strange), query: strange }, 'PERSISTED_QUERY_NOT_SUPPORTED'],
  [{ extensions: hash(known), query: strange }, 'BAD_REQUEST'],
  [{ documentId: 'known', extensions: hash(strange) }, 'BAD_REQUEST'],
];

for (const mode of ['prefer', 'only'] as const) {
  test(`${mode}: by every road, known documents run by id and by text; ids of nothing and registrations are refused`, async () => {
    await using started = await start(mode);
    for (const [road, send] of Object.entries(started.roads)) {
      for (const sent of [...names, { query: known }]) expect(await send(sent), road).toEqual(answer);
      for (const [sent, code] of strangers) expect([road, sent, codeOf(await send(sent))]).toEqual([road, sent, code]);
      const stranger = await send({ query: strange });
      expect([road, codeOf(stranger)]).toEqual([road, mode === 'only' ? 'DOCUMENT_NOT_TRUSTED' : undefined]);
      // Not even parsed where only known ones are taken.
      const broken = await send({ query: '{ "' });
      expect([road, codeOf(broken)]).toEqual([road, mode === 'only' ? 'DOCUMENT_NOT_TRUSTED' : 'GRAPHQL_PARSE_FAILED']);
    }
    const { POST, GET } = started.roads;
    const greeting = { documentId: 'change', variables: { name: 'Ada' } };
    for (let time = 0; time < 3; time++) expect(await POST?.(greeting)).toEqual({ data: { greet: 'hello Ada' } });
    expect(codeOf((await GET?.(greeting)) ?? {})).toBe('METHOD_NOT_ALLOWED');
    expect(await started.roads.WebSocket?.({ documentId: 'live' })).toEqual({ data: { plain: 1 } });
    expect(codeOf((await POST?.({ documentId: 'known', operationName: 'Other' })) ?? {})).toBe(
      'OPERATION_RESOLUTION_FAILURE',
    );
  });
}

test('off: every id and every registration is refused, texts run', async () => {
  await using started = await start('off');
  for (const [road, send] of Object.entries(started.roads)) {
    for (const sent of names) expect([road, codeOf(await send(sent))]).toEqual([road, 'PERSISTED_QUERY_NOT_SUPPORTED']);
    expect(await send({ query: known })).toEqual(answer);
  }
});

test('a known document is planned before it is asked for, and known documents are counted apart', async () => {
  await using started = await start('prefer');
  const { graph, roads } = started;
  const plannedAhead = await graph.metric('gateway_plan_duration_seconds_count');
  expect(plannedAhead).toBeGreaterThanOrEqual(3);
  for (let time = 0; time < 3; time++) await roads.POST?.({ documentId: 'known' });
  expect(await graph.metric('gateway_plan_duration_seconds_count')).toBe(plannedAhead);
  await roads.POST?.({ query: strange });
  await roads.POST?.({ documentId: 'nobody' });
  const text = await (await fetch(new URL('/metrics', graph.gateway.url))).text();
  expect(text).toContain('gateway_trusted_documents_total{outcome="known"} 3');
  expect(text).toContain('gateway_trusted_documents_total{outcome="unknown"} 1');
  expect(text).toContain('gateway_trusted_documents_total{outcome="refused"} 1');
});

test('another manifest takes over without a restart, known operations of the old one end with it; a broken one changes nothing', async () => {
  await using started = await start('only');
  const { graph, roads, documentManifest } = started;
  const ask = async (sent: Sent) => (await roads.POST?.(sent)) ?? {};
  for (let time = 0; time < 3; time++) expect(await ask({ query: known })).toEqual(answer);
  await write({ strange }, documentManifest);
  await waitUntil('the new one is known', async () => codeOf(await ask({ documentId: 'strange' })) === undefined);
  expect(codeOf(await ask({ query: known }))).toBe('DOCUMENT_NOT_TRUSTED');
  expect(codeOf(await ask({ documentId: 'known' }))).toBe('PERSISTED_QUERY_NOT_FOUND');
  await writeFile(documentManifest, '{ no manifest');
  await waitUntil('it is refused', () => graph.log.some(({ msg }) => /refused; the old one stays/.test(String(msg))));
  expect(codeOf(await ask({ documentId: 'strange' }))).toBeUndefined();
});

test('a document that does not fit the schema keeps nobody from starting, and is said', async () => {
  const documentManifest = await write({ known, wrong: '{ nothingOfThisName }', broken: '{' });
  await using started = await start('prefer', { documentManifest });
  expect(await started.roads.POST?.({ documentId: 'known' })).toEqual(answer);
  expect(codeOf((await started.roads.POST?.({ documentId: 'wrong' })) ?? {})).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(started.graph.log.filter(({ msg }) => /does not fit the schema/.test(String(msg)))).toHaveLength(2);
});

test('a manifest that is missing or broken at the start is an error of the operator', async () => {
  await expect(start('only', { documentManifest: join(directory, 'nowhere.json') })).rejects.toThrow('ENOENT');
  await expect(start('only', { documentManifest: await write(['no manifest']) })).rejects.toThrow();
  expect(() => resolveSettings({ documentMode: 'only' })).toThrow(/documentManifest/);
  expect(() => resolveSettings({ documentMode: 'learn' })).toThrow(/learnedDocuments/);
});

describe('learn', () => {
  test('writes what is valid, whatever road it came by, and what it wrote is a manifest', async () => {
    const learnedDocuments = join(directory, 'new', 'learned.json');
    {
      await using started = await start('learn', { learnedDocuments });
      const { POST, WebSocket: socket } = started.roads;
      expect(await POST?.({ query: strange })).toEqual({ data: { position: expect.any(Number) } });
      await socket?.({ query: '{ viaSocket: hello }' });
      await POST?.({ query: '{ notValid }' });
      await POST?.({ query: `{ ${Array.from({ length: 40 }, (_, index) => `a${index}: hello`).join(' ')} }` });
      expect(await POST?.({ documentId: 'known' })).toEqual(answer);
    }
    const { texts } = readManifest(await readFile(learnedDocuments, 'utf8'));
    expect([...texts].sort()).toEqual([known, change, live, strange, '{ viaSocket: hello }'].sort());
    // A second run adds to it, and the file serves as the manifest of a gateway that takes nothing else.
    await using strict = await start('only', { documentManifest: learnedDocuments });
    expect(codeOf((await strict.roads.POST?.({ documentId: hashOf(strange) })) ?? {})).toBeUndefined();
  });
});

test('registrations leave nothing behind, however many', async () => {
  await using graph = await startTestGraph({ documentMode: 'prefer' });
  const registrations = async (count: number) => {
    for (let index = 0; index < count; index++) {
      const text = `{ me { name } } # ${index}`;
      const { body } = await post(graph.gateway.url, { query: text, extensions: hash(text) } as never);
      expect(body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    }
  };
  const cached = async () => {
    const text = await (await fetch(new URL('/metrics', graph.gateway.url))).text();
    return /gateway_document_cache_bytes (\d+)/.exec(text)?.[1];
  };
  await registrations(50);
  const before = await cached();
  await registrations(500);
  expect(await cached()).toBe(before);
});
