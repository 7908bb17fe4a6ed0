import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTestGraph, type TestGraph } from '../server/test-graph.ts';
import { type DocumentAttack, documentAttacks } from './document-attacks.ts';

let graph: TestGraph;
beforeAll(async () => {
  // Introspection is on, so that A17 is refused for what it is.
  graph = await startTestGraph({ planningDeadlineMs: 20_000, socketInitTimeoutMs: 20_000 });
});
afterAll(() => graph[Symbol.asyncDispose]());

interface Verdict {
  readonly data: string | undefined;
  readonly errors: readonly { readonly code: unknown; readonly path: unknown }[];
}

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly path?: unknown;
    readonly extensions: { readonly code: unknown };
  }[];
}

/** What a client's code can go by. */
function verdictOf({ data, errors = [] }: Answered): Verdict {
  return {
    data: data === undefined || data === null ? undefined : JSON.stringify(data),
    errors: errors.map(({ path, extensions: { code } }) => ({ code, path })),
  };
}

function bodyOf({ query, variables = '{}', operationName }: DocumentAttack): string {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  return `{"query":${JSON.stringify(query)},"variables":${variables}${name}}`;
}

/** What is wrong with a message, and not with its operation, has no answer but the socket's end. */
const closeCodes: Readonly<Record<number, string>> = { 1009: 'BODY_TOO_LARGE', 4400: 'BAD_REQUEST' };

async function overHttp(attack: DocumentAttack): Promise<Verdict> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(graph.gateway.url, { method: 'POST', headers, body: bodyOf(attack) });
  return verdictOf((await response.json()) as Answered);
}

async function overSocket(attack: DocumentAttack): Promise<Verdict> {
  const socket = new WebSocket(graph.gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
  socket.once('open', () => socket.send('{"type":"connection_init"}'));
  socket.once('error', reject);
  socket.once('close', (close) => {
    const code = closeCodes[close];
    if (code === undefined) reject(new Error(`It closed with ${close}.`));
    else resolve({ data: undefined, errors: [{ code, path: undefined }] });
  });
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as { type: string; payload: Answered & Answered['errors'] };
    if (message.type === 'connection_ack') socket.send(`{"type":"subscribe","id":"1","payload":${bodyOf(attack)}}`);
    if (message.type === 'next') resolve(verdictOf(message.payload));
    if (message.type === 'error') resolve(verdictOf({ errors: message.payload }));
  });
  try {
    return await promise;
  } finally {
    socket.terminate();
  }
}

test.each(documentAttacks.map((attack) => [attack.id, attack.name, attack] as const))(
  '%s %s: the same verdict over HTTP and over a WebSocket',
  async (_id, _name, attack) => {
    const [http, socket] = await Promise.all([overHttp(attack), overSocket(attack)]);
    const seen =
      http.data === undefined ? { codes: [...new Set(http.errors.map(({ code }) => code))] } : { data: http.data };
    expect(seen).toEqual(attack.verdict);
    expect(http.errors.length).toBeLessThanOrEqual(5);
    expect(socket).toEqual(http);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  },
);
