import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { resolveSettings } from '../../../gateway/config.ts';
import { hashCredentialKey, makeCredentialKey } from '../../../gateway/identity/credential-key.ts';
import type { CredentialStore, StoredCredential } from '../../../gateway/identity/credential-store.ts';
import { createGateway, type Gateway } from '../../../gateway/server.ts';
import { createSubgraph } from '../../../subgraphs/shared/create-subgraph.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { createTestIssuer, issuerSettings } from '../identity/test-issuer.ts';
import { compose } from '../server/test-graph.ts';

const sdl = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@authenticated", "@requiresScopes"])
    @link(url: "https://oneshelf.example/live/v1.0", import: ["@liveFeed"])
    @composeDirective(name: "@liveFeed")
  directive @liveFeed(resumeArgument: String! = "after", cursorField: String! = "cursor", audience: String! = "PERSON") on FIELD_DEFINITION
  type Query { a: Int }
  type Subscription {
    open(after: String): Tick! @liveFeed(audience: "EVERYBODY")
    mine(after: String): Tick! @liveFeed @authenticated
    ours(after: String): Tick! @liveFeed(audience: "ROLE") @requiresScopes(scopes: [["ticks"]])
  }
  type Tick { cursor: String! secret: Int @requiresScopes(scopes: [["secret"]]) }
`;
const issuer = await createTestIssuer();
const serverKey = 'the key of the server, of thirty-two characters';

/** Ticks every 20 ms, resumable for ever. */
async function* tick(
  after: string | null | undefined,
  signal: AbortSignal,
): AsyncGenerator<{ cursor: string; secret: number }> {
  const startedAt = Number(after ?? 0);
  for (let number = startedAt + 1; !signal.aborted; number++) {
    yield { cursor: String(number), secret: 7 };
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 20);
      const onAbort = (): void => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

const key = makeCredentialKey();
let stored: StoredCredential | undefined;
const store: CredentialStore = {
  find: async (prefix) => (stored?.prefix === prefix ? stored : undefined),
  findRevisions: async () => new Map(stored === undefined ? [] : [[stored.prefix, stored.revision]]),
};
let gateway: Gateway;
let revision = 0;
const callers: (string | undefined)[] = [];

beforeEach(() => {
  callers.length = 0;
  stored = {
    prefix: key.prefix,
    hash: hashCredentialKey(key, serverKey),
    kind: 'device',
    id: 'd1',
    scopes: ['ticks'],
    attributes: {},
    endsInMs: undefined,
    revision: String(revision++),
  };
});

beforeAll(async () => {
  const feed = {
    subscribe: (
      _root: unknown,
      { after }: { after?: string | null },
      { signal, caller }: { signal: AbortSignal; caller?: string },
    ) => {
      callers.push(caller);
      return tick(after, signal);
    },
    resolve: (event: object) => event,
  };
  const subgraph = createSubgraph({
    name: 'ticks',
    sdl,
    resolvers: { Query: { a: () => 1 }, Subscription: { open: feed, mine: feed, ours: feed } },
    createContext: ({ signal, headers }) => ({ signal, caller: headers['graph-caller'] }),
    onInternalError: () => undefined,
  });
  gateway = await createGateway({
    supergraph: { kind: 'sdl', sdl: compose([{ name: 'ticks', sdl, url: 'http://ticks.invalid/' }]) },
    subgraphs: { ticks: { kind: 'in-process', execute: subgraph.execute, subscribe: subgraph.subscribe } },
    credentials: store,
    settings: {
      ...resolveSettings({ logLevel: 'silent' }),
      port: 0,
      credentialKey: serverKey,
      issuers: issuerSettings(issuer, { scopes: ['ticks', 'secret'] }),
      liveLingerMs: 0,
      planningDeadlineMs: 20_000,
      operationDeadlineMs: 20_000,
      drainDeadlineMs: 1_000,
    },
  });
});

/** A token's life must not pass while its operation is planned for the first time. */
beforeAll(async () => {
  const client = await connect(await token(60_000));
  for (const field of ['open', 'mine']) client.subscribe(field, `subscription { ${field} { cursor } }`);
  await waitUntil('all is planned', () => client.cursors('open').length > 0 && client.cursors('mine').length > 0);
  await client.close();
});
afterAll(() => gateway.close());

interface Client {
  /** Cursors by operation. */
  readonly cursors: (id: string) => readonly number[];
  readonly errors: Map<string, readonly { readonly extensions: { readonly code: string } }[]>;
  readonly closeCode: () => number | undefined;
  readonly payloads: (id: string) => readonly { readonly data?: unknown; readonly errors?: unknown }[];
  subscribe(id: string, query: string): void;
  ping(payload: object): void;
  close(): Promise<void>;
}

async function connect(authorization?: string): Promise<Client> {
  const socket = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  const messages: { readonly type: string; readonly id?: string; readonly payload?: never }[] = [];
  let code: number | undefined;
  const errors: Client['errors'] = new Map();
  socket.on('close', (closeCode) => {
    code = closeCode;
  });
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    messages.push(message);
    if (message.type === 'error') errors.set(message.id, message.payload);
  });
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(
    JSON.stringify({ type: 'connection_init', payload: authorization === undefined ? {} : { authorization } }),
  );
  await waitUntil('it is acknowledged or refused', () => messages.length > 0 || code !== undefined);
  const payloads: Client['payloads'] = (id) =>
    messages.filter((message) => message.type === 'next' && message.id === id).map(({ payload }) => payload ?? {});
  return {
    errors,
    payloads,
    closeCode: () => code,
    cursors: (id) =>
      payloads(id)
        .flatMap(({ data }) => Object.values((data ?? {}) as Record<string, { cursor: string }>))
        .map(({ cursor }) => Number(cursor)),
    subscribe: (id, query) => socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } })),
    ping: (payload) => socket.send(JSON.stringify({ type: 'ping', payload })),
    async close() {
      socket.close();
      await waitUntil('it is closed', () => code !== undefined);
    },
  };
}

const codesOf = (client: Client, id: string): readonly string[] | undefined =>
  client.errors.get(id)?.map(({ extensions }) => extensions.code);

function expectNoGap(cursors: readonly number[]): void {
  expect(cursors).toEqual(Array.from({ length: cursors.length }, (_, index) => (cursors[0] ?? 0) + index));
}

const token = async (expiresInMs: number, scope = ''): Promise<string> =>
  `Bearer ${await issuer.sign({ exp: Math.ceil((Date.now() + expiresInMs) / 1_000), scope })}`;

test('W19: what a token showed ends with it and nothing comes after; what everybody may see goes on', async () => {
  const client = await connect(await token(3_000));
  client.subscribe('open', 'subscription { open { cursor } }');
  client.subscribe('mine', 'subscription { mine { cursor } }');
  await waitUntil('both run', () => client.cursors('open').length > 3 && client.cursors('mine').length > 3);
  await waitUntil('it has ended', () => client.errors.has('mine'), 8_000);
  expect(codesOf(client, 'mine')).toEqual(['UNAUTHENTICATED']);
  const before = client.cursors('mine').length;
  const seen = client.cursors('open').length;
  await waitUntil('the other goes on', () => client.cursors('open').length > seen + 5);
  expect(client.cursors('mine')).toHaveLength(before);
  expectNoGap(client.cursors('open'));
  expect(client.closeCode()).toBeUndefined();
  await client.close();
});

test('W19: a socket that may see nothing any more is closed with 4403', async () => {
  const client = await connect(await token(3_000));
  client.subscribe('mine', 'subscription { mine { cursor } }');
  await waitUntil('it is closed', () => client.closeCode() !== undefined, 8_000);
  expect(client.closeCode()).toBe(4403);
  expect(codesOf(client, 'mine')).toEqual(['UNAUTHENTICATED']);
});

test('a key that is taken back ends its socket within 5 s', async () => {
  const client = await connect(`Bearer ${key.text}`);
  client.subscribe('ours', 'subscription { ours { cursor } }');
  await waitUntil('it runs', () => client.cursors('ours').length > 3);
  stored = undefined;
  const startedAt = performance.now();
  await waitUntil('it is closed', () => client.closeCode() !== undefined, 5_000);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(client.closeCode()).toBe(4403);
  expect(codesOf(client, 'ours')).toEqual(['UNAUTHENTICATED']);
});

test('a role that is lost takes its operations with it, and nothing else', async () => {
  const client = await connect(`Bearer ${key.text}`);
  client.subscribe('ours', 'subscription { ours { cursor } }');
  client.subscribe('mine', 'subscription { mine { cursor } }');
  await waitUntil('both run', () => client.cursors('ours').length > 3 && client.cursors('mine').length > 3);
  stored = stored && { ...stored, scopes: [], revision: String(revision++) };
  await waitUntil('one has ended', () => client.errors.has('ours'), 5_000);
  expect(codesOf(client, 'ours')).toEqual(['FORBIDDEN']);
  const seen = client.cursors('mine').length;
  await waitUntil('the other goes on', () => client.cursors('mine').length > seen + 5);
  expectNoGap(client.cursors('mine'));
  await client.close();
});

test('a fresh token on the open socket: everything goes on past the end of the first', async () => {
  const client = await connect(await token(3_000));
  client.subscribe('mine', 'subscription { mine { cursor } }');
  await waitUntil('it runs', () => client.cursors('mine').length > 3);
  client.ping({ authorization: await token(60_000) });
  const endsAt = Date.now() + 4_200;
  await waitUntil('the first token has ended', () => Date.now() > endsAt, 8_000);
  const seen = client.cursors('mine').length;
  await waitUntil('it goes on', () => client.cursors('mine').length > seen + 5);
  expectNoGap(client.cursors('mine'));
  expect(client.errors.size).toBe(0);
  client.ping({ authorization: 'Bearer nonsense' });
  await waitUntil('a bad one ends the socket', () => client.closeCode() !== undefined);
  expect(client.closeCode()).toBe(4403);
});

test('a bad proof at the beginning is 4403', async () => {
  const client = await connect('Bearer nonsense');
  await waitUntil('it is closed', () => client.closeCode() !== undefined);
  expect(client.closeCode()).toBe(4403);
});

test('W24: what may not be seen cannot be subscribed to, and who sees more shares no events with who sees less', async () => {
  const nobody = await connect();
  const reader = await connect(await token(60_000, 'secret'));
  nobody.subscribe('ours', 'subscription { ours { cursor } }');
  reader.subscribe('ours', 'subscription { ...F } fragment F on Subscription { ours { cursor } }');
  await waitUntil('both are refused', () => nobody.errors.has('ours') && reader.errors.has('ours'));
  expect([codesOf(nobody, 'ours'), codesOf(reader, 'ours')]).toEqual([['UNAUTHENTICATED'], ['FORBIDDEN']]);
  const query = 'subscription { open { cursor secret } }';
  reader.subscribe('open', query);
  await waitUntil('it runs', () => reader.payloads('open').length > 3);
  nobody.subscribe('open', query);
  await waitUntil('both run', () => nobody.payloads('open').length > 3);
  for (const { data } of reader.payloads('open')) expect(data).toMatchObject({ open: { secret: 7 } });
  for (const { data, errors } of nobody.payloads('open')) {
    expect(data).toMatchObject({ open: { secret: null } });
    expect(errors).toMatchObject([{ path: ['open', 'secret'], extensions: { code: 'UNAUTHENTICATED' } }]);
  }
  await Promise.all([nobody.close(), reader.close()]);
});

test('in whose name a feed is asked for: nobody’s, the role’s, the person’s', async () => {
  const client = await connect(`Bearer ${key.text}`);
  const said: unknown[] = [];
  for (const field of ['open', 'ours', 'mine']) {
    callers.length = 0;
    client.subscribe(field, `subscription { ${field} { cursor } }`);
    await waitUntil('it runs', () => client.cursors(field).length > 0);
    const [statement] = callers;
    said.push(statement === undefined ? null : JSON.parse(Buffer.from(statement, 'base64url').toString()));
  }
  const role = { kind: 'device', id: '', scopes: ['ticks'], attributes: {} };
  expect(said).toEqual([null, role, { ...role, id: 'd1' }]);
  await client.close();
});

test('an event stream ends with its token', async () => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: await token(3_000) },
    body: JSON.stringify({ query: 'subscription { mine { cursor } }' }),
  });
  const text = await response.text();
  const events = text.split('\n\n').filter((event) => event.startsWith('event: next'));
  expect(events.length).toBeGreaterThan(3);
  expect(events.at(-1)).toContain('UNAUTHENTICATED');
  expect(text.trimEnd().endsWith('event: complete\ndata:')).toBe(true);
});
