import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createCallSigner, subscriptionBody } from '../../../gateway/subgraph-client/sign-call.ts';
import { createSubgraph, type Subgraph } from '../../../subgraphs/shared/create-subgraph.ts';
import { serveSubgraph } from '../../../subgraphs/shared/serve-subgraph.ts';
import { waitUntil } from '../../support/wait-until.ts';

interface Context {
  readonly number: number;
  readonly signal: AbortSignal;
  readonly caller: string;
}

const sdl = `
  type Query { ok: Boolean! }
  type Subscription { count(to: Int!): Tick }
  type Tick { value: Int! context: Int! caller: String! }
`;

/** Counts up, then waits for its signal; counts what runs. */
function openCounter() {
  const state = { running: 0, contexts: 0, errors: [] as string[] };
  const subgraph: Subgraph = createSubgraph<Context>({
    name: 'counter',
    sdl,
    resolvers: {
      Subscription: {
        count: {
          async *subscribe(_root: unknown, { to }: { to: number }, { signal }: Context) {
            state.running++;
            try {
              for (let value = 1; value <= to; value++) yield { count: { value } };
              if (to === 13) throw new Error('password=secret');
              await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
            } finally {
              state.running--;
            }
          },
        },
      },
      Tick: {
        context: (_tick: unknown, _arguments: unknown, { number }: Context) => number,
        caller: (_tick: unknown, _arguments: unknown, { caller }: Context) => caller,
      },
    },
    createContext: ({ signal, headers }) => ({ number: ++state.contexts, signal, caller: headers['x-caller'] ?? '' }),
    onInternalError: (error) => state.errors.push(error.message),
  });
  return { state, subgraph };
}

const secret = 'a secret that only the two of them know';
const query = 'subscription($to: Int!) { count(to: $to) { value context caller } }';

test('each event has a context of its own, and the end of the signal ends a stream that waits', async () => {
  const { state, subgraph } = openCounter();
  const leaving = new AbortController();
  const results = subgraph.subscribe({
    query,
    variables: { to: 2 },
    headers: { 'x-caller': 'me' },
    signal: leaving.signal,
  });
  const seen: unknown[] = [];
  const done = (async () => {
    for await (const { data } of results) seen.push(data?.count);
  })();
  await waitUntil('both events are there', () => seen.length === 2);
  leaving.abort();
  await done;
  expect(seen).toEqual([
    { value: 1, context: 2, caller: 'me' },
    { value: 2, context: 3, caller: 'me' },
  ]);
  await waitUntil('the resolver has ended', () => state.running === 0);
});

test('what breaks a stream is masked, and comes last', async () => {
  const { state, subgraph } = openCounter();
  const seen: object[] = [];
  for await (const result of subgraph.subscribe({
    query,
    variables: { to: 13 },
    headers: {},
    signal: new AbortController().signal,
  })) {
    seen.push(result);
  }
  expect(seen).toHaveLength(14);
  expect(JSON.stringify(seen.at(-1))).toContain('INTERNAL_SERVER_ERROR');
  expect(JSON.stringify(seen)).not.toContain('secret');
  expect(state.errors).toEqual(['The stream broke.']);
});

test('over a socket: headers travel with each subscription, leaving ends it, closing says 1012', async () => {
  const { state, subgraph } = openCounter();
  const served = await serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, secret, isReady: async () => true });
  const closes: number[] = [];
  const client = createClient({
    url: served.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazyCloseTimeout: 60_000,
    on: { closed: (event) => void closes.push((event as { code: number }).code) },
  });
  const sign = createCallSigner(subgraph.name, secret);
  const subscribe = (caller: string) => {
    const graphSignature = sign('', subscriptionBody(query, { to: 1 }));
    return client.iterate({
      query,
      variables: { to: 1 },
      extensions: { headers: { 'X-Caller': caller }, graphSignature },
    });
  };
  const one = subscribe('one');
  const two = subscribe('two');
  expect((await one.next()).value?.data).toMatchObject({ count: { value: 1, caller: 'one' } });
  expect((await two.next()).value?.data).toMatchObject({ count: { value: 1, caller: 'two' } });
  expect(state.running).toBe(2);
  await one.return?.();
  await waitUntil('the first has ended', () => state.running === 1);

  const rest = two.next().then(
    () => 'ended',
    () => 'broken',
  );
  await served.close();
  expect(await rest).toBe('broken');
  expect(closes).toEqual([1012]);
  await waitUntil('nothing runs', () => state.running === 0);
  await client.dispose();
});
