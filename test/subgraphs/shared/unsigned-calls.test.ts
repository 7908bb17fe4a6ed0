import { request } from 'node:http';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createCallSigner } from '../../../gateway/subgraph-client/sign-call.ts';
import { type Caller, callerHeader, nobody, readCaller, stateCaller } from '../../../subgraphs/shared/caller.ts';
import { createSubgraph } from '../../../subgraphs/shared/create-subgraph.ts';
import { type ServedSubgraph, serveSubgraph } from '../../../subgraphs/shared/serve-subgraph.ts';

const secret = 'a secret that only the two of them know';
const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { who: String! }
  type Subscription { who: String! }
  type Thing @key(fields: "id") { id: ID! }
`;
const subgraph = createSubgraph<Caller>({
  name: 'things',
  sdl,
  resolvers: {
    Query: { who: (_parent: unknown, _input: unknown, { kind, id }: Caller) => `${kind} ${id}` },
    Subscription: {
      who: {
        async *subscribe(_parent: unknown, _input: unknown, { kind, id }: Caller) {
          yield { who: `${kind} ${id}` };
        },
      },
    },
  },
  createContext: (_request, caller) => caller,
  onInternalError: (error) => {
    throw error;
  },
});

let served: ServedSubgraph;
beforeAll(async () => {
  served = await serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, secret, isReady: async () => true });
});
afterAll(() => served.close());

const till: Caller = { kind: 'till', id: 't1', scopes: new Set(['till']), attributes: { location: 'shop-1' } };
const statement = stateCaller(till);
const sign = createCallSigner('things', secret);
const body = JSON.stringify({ query: '{ who }' });

async function send(text: string, headers: Record<string, string>) {
  const answer = await fetch(served.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
  return { status: answer.status, text: await answer.text() };
}

describe('over HTTP', () => {
  test('what the gateway signs is answered, in the name that it states', async () => {
    const signed = { [callerHeader]: statement, 'graph-signature': sign(statement, body) };
    expect(await send(body, signed)).toEqual({ status: 200, text: '{"data":{"who":"till t1"}}' });
    const forNobody = { 'graph-signature': sign(undefined, body), 'x-user-id': 't1' };
    expect(await send(body, forNobody)).toEqual({ status: 200, text: '{"data":{"who":"anonymous "}}' });
  });

  const old = (ageMs: number) => createCallSigner('things', secret, () => Date.now() - ageMs);
  const other = stateCaller({ ...till, kind: 'staff' });
  test.each<[string, Record<string, string>, string?]>([
    ['no signature', { [callerHeader]: statement }],
    ['no signature, for the SDL', {}, JSON.stringify({ query: '{ _service { sdl } }' })],
    [
      'no signature, for an entity',
      { 'x-user-id': 't1' },
      JSON.stringify({
        query: '{ _entities(representations: [{__typename: "Thing", id: "1"}]) { ... on Thing { id } } }',
      }),
    ],
    ['a signature of nothing', { [callerHeader]: statement, 'graph-signature': 't=1,v1=x' }],
    ['a signature without its time', { 'graph-signature': sign(undefined, body).replace(/^t=\d+,/, '') }],
    ['another statement', { [callerHeader]: other, 'graph-signature': sign(statement, body) }],
    ['a statement that was not signed', { [callerHeader]: statement, 'graph-signature': sign(undefined, body) }],
    ['another body', { [callerHeader]: statement, 'graph-signature': sign(statement, `${body} `) }],
    ['the signature for another subgraph', { 'graph-signature': createCallSigner('others', secret)(undefined, body) }],
    ['another secret', { 'graph-signature': createCallSigner('things', `${secret}!`)(undefined, body) }],
    ['a signature of 31 seconds ago', { 'graph-signature': old(31_000)(undefined, body) }],
    ['a signature of the future', { 'graph-signature': old(-90_000)(undefined, body) }],
    ['what is no JSON', {}, '{'],
  ])('%s is answered 401', async (_what, headers, text = body) => {
    const answer = await send(text, headers);
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toEqual({
      errors: [{ message: 'This call is not signed by the gateway.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('any method and any path but health is answered 401', async () => {
    for (const path of ['/graphql', '/', '/nothing', '/graphql?query={who}', '//health/live']) {
      const status = await new Promise((resolve, reject) => {
        request(new URL(served.url).origin, { path }, (answer) => resolve(answer.resume().statusCode))
          .on('error', reject)
          .end();
      });
      expect([path, status]).toEqual([path, 401]);
    }
    expect((await fetch(new URL('/health/ready', served.url))).status).toBe(200);
  });
});

test('a subscription that is not rightly signed ends with an error; the socket goes on', async () => {
  const client = createClient({ url: served.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
  const query = 'subscription { who }';
  const subscribe = async (extensions: Record<string, unknown>): Promise<unknown> => {
    const seen: unknown[] = [];
    try {
      for await (const { data } of client.iterate({ query, extensions })) seen.push(data);
    } catch (errors) {
      return errors;
    }
    return seen;
  };
  const signature = sign(statement, `${query}\n{}`);
  const refused = [
    { message: 'This subscription is not signed by the gateway.', extensions: { code: 'UNAUTHENTICATED' } },
  ];
  expect(await subscribe({ graphCaller: statement, graphSignature: signature })).toEqual([{ who: 'till t1' }]);
  expect(await subscribe({ graphCaller: statement })).toEqual(refused);
  expect(await subscribe({ headers: { [callerHeader]: statement } })).toEqual(refused);
  expect(await subscribe({ graphCaller: stateCaller(nobody), graphSignature: signature })).toEqual(refused);
  // A header cannot say what the signed statement does not.
  const overridden = { headers: { 'Graph-Caller': stateCaller({ ...till, id: 'other' }) } };
  expect(await subscribe({ ...overridden, graphCaller: statement, graphSignature: signature })).toEqual([
    { who: 'till t1' },
  ]);
  await client.dispose();
});

test('a statement that says something unknown is nobody', () => {
  const read = (value: unknown) =>
    readCaller({ [callerHeader]: Buffer.from(JSON.stringify(value)).toString('base64url') });
  expect(readCaller({})).toBe(nobody);
  expect(readCaller({ [callerHeader]: 'no JSON' })).toBe(nobody);
  for (const value of [null, 1, [], { kind: 'emperor', id: '1' }, { kind: 'staff' }, { kind: 'staff', id: 1 }]) {
    expect(read(value)).toBe(nobody);
  }
  const odd = read({ kind: 'staff', id: 's', scopes: ['a', 1], attributes: { location: 'x', __proto__: 1 } });
  expect([...odd.scopes]).toEqual(['a']);
  expect(odd.attributes).toEqual({ location: 'x' });
  expect(readCaller({ [callerHeader]: stateCaller(till) })).toEqual(till);
});
