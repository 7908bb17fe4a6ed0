import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAccessGraph } from './access-graph.ts';
import { post } from './test-graph.ts';

let graph: Awaited<ReturnType<typeof startAccessGraph>>;
beforeAll(async () => {
  graph = await startAccessGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

type Headers = Readonly<Record<string, string>>;

/** Data, and each error as `path code`. */
async function ask(query: string, headers: Headers = {}) {
  const { body, status } = await post(graph.gateway.url, { query }, headers);
  const errors = (body.errors ?? []).map(({ path, extensions }) => `${[path].flat().join('.')} ${extensions.code}`);
  return { status, data: body.data, errors };
}

describe('fields', () => {
  test('what is refused is null, with one error each, and is never asked of a subgraph', async () => {
    const before = graph.goods.seen.length;
    expect(await ask('{ thing { id cost both signed ruled } }')).toEqual({
      status: 200,
      data: { thing: { id: '1', cost: null, both: null, signed: null, ruled: null } },
      errors: ['cost', 'both', 'signed', 'ruled'].map((field) => `thing.${field} UNAUTHENTICATED`),
    });
    expect(graph.goods.seen).toHaveLength(before + 1);
    expect(await ask('{ a: thing { x: cost } }', await graph.as('cost:write'))).toEqual({
      status: 200,
      data: { a: { x: null } },
      errors: ['a.x FORBIDDEN'],
    });
  });

  test('scopes are "or" of "and", and a policy decides by who is calling', async () => {
    const query = '{ thing { cost both signed ruled } }';
    expect((await ask(query, await graph.as('cost:read a', '2'))).data).toEqual({
      thing: { cost: 40, both: null, signed: 's', ruled: 'r' },
    });
    expect((await ask(query, await graph.as('admin a b', '3'))).data).toEqual({
      thing: { cost: 40, both: 2, signed: 's', ruled: null },
    });
  });

  test('A78: through an interface, a union, a fragment, an alias', async () => {
    const fragments = 'fragment F on Thing { cost } fragment N on Node { ...F id }';
    expect(
      await ask(`{ nodes { ...N } any { ... on Thing { c: cost } } thing { ... { ...F } } } ${fragments}`),
    ).toEqual({
      status: 200,
      data: {
        nodes: [{ cost: null, id: '1' }, { id: '2' }],
        any: [{ c: null }, {}],
        thing: { cost: null },
      },
      errors: ['nodes.0.cost', 'any.0.c', 'thing.cost'].map((path) => `${path} UNAUTHENTICATED`),
    });
  });

  test('through an interface each implementation keeps its own rule', async () => {
    expect(await ask('{ nodes { label } }')).toEqual({
      status: 200,
      data: { nodes: [{ label: 'one' }, { label: null }] },
      errors: ['nodes.1.label UNAUTHENTICATED'],
    });
    expect((await ask('{ nodes { label } }', await graph.as(''))).data).toEqual({
      nodes: [{ label: 'one' }, { label: 'two' }],
    });
  });

  test('A80: what is computed from a refused field is refused too', async () => {
    const before = graph.calculated.seen.length;
    expect(await ask('{ thing { margin } }')).toMatchObject({
      data: { thing: { margin: null } },
      errors: ['thing.margin UNAUTHENTICATED'],
    });
    expect(graph.calculated.seen).toHaveLength(before);
    expect((await ask('{ thing { margin weight } }', await graph.as('cost:read'))).data).toEqual({
      thing: { margin: 60, weight: 7 },
    });
  });

  test('a type that may not be seen: objects and enums', async () => {
    expect(await ask('{ owner { id } secretLevel }')).toMatchObject({
      data: { owner: null, secretLevel: null },
      errors: ['owner UNAUTHENTICATED', 'secretLevel UNAUTHENTICATED'],
    });
    expect((await ask('{ owner { id } secretLevel }', await graph.as('admin'))).data).toEqual({
      owner: { id: 'o' },
      secretLevel: 'HIGH',
    });
  });

  test('a null goes up to where it may be', async () => {
    expect(await ask('{ needed thing { id } }')).toMatchObject({ data: null, errors: ['needed UNAUTHENTICATED'] });
  });

  test('a mutation whose data would be null does nothing', async () => {
    expect(await ask('mutation { first second third }', await graph.as('cost:read'))).toEqual({
      status: 200,
      data: null,
      errors: ['second FORBIDDEN'],
    });
    expect(graph.seen).toEqual([]);
    expect((await ask('mutation { first second third }', await graph.as('w'))).errors).toEqual([]);
    expect(graph.seen).toEqual(['first', 'second', 'third']);
  });

  test('the same document has one plan for all who may see the same, and answers of one are never another’s', async () => {
    const query = '{ thing { cost } }';
    const asked = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const isAllowed = index % 2 === 0;
        const { data } = await ask(query, isAllowed ? await graph.as('cost:read', `u${index}`) : {});
        return JSON.stringify(data) === JSON.stringify({ thing: { cost: isAllowed ? 40 : null } });
      }),
    );
    expect(asked).not.toContain(false);
  });
});

describe('proofs', () => {
  test('a bad one is 401, in one place only', async () => {
    const answers = [
      await post(graph.gateway.url, { query: '{ nodes { id } }' }, { authorization: 'Bearer nonsense' }),
      await post(`${graph.gateway.url}?access_token=x`, { query: '{ nodes { id } }' }),
      await post(`${graph.gateway.url}?x=osk_0123456789ab_00`, { query: '{ nodes { id } }' }),
    ];
    expect(answers.map(({ status, body }) => [status, body.errors?.[0]?.extensions.code])).toEqual(
      answers.map(() => [401, 'UNAUTHENTICATED']),
    );
  });

  test('A85: headers that only the gateway makes never come from a client', async () => {
    const forged = { 'graph-caller': 'e30', 'graph-signature': 't=1,v1=x', 'x-user-id': '7' };
    await ask('{ thing { id } }', forged);
    const seen = graph.goods.seen.at(-1) ?? {};
    expect(seen['graph-caller']).toBeUndefined();
    expect(seen['graph-signature']).toBeUndefined();
    expect(seen['x-user-id']).toBeUndefined();
    await ask('{ thing { id } }', { ...forged, ...(await graph.as('admin', 'u9')) });
    const statement = Buffer.from(String(graph.goods.seen.at(-1)?.['graph-caller']), 'base64url').toString();
    expect(JSON.parse(statement)).toEqual({ kind: 'clerk', id: 'u9', scopes: ['admin'], attributes: {} });
  });
});

test('each refusal is one line of the log, with who, what and why, and no secret', async () => {
  const token = await graph.issuer.sign({ scope: 'a', sub: 'u77' });
  const { body } = await post(
    graph.gateway.url,
    { query: 'query Costs { thing { cost both } }' },
    { authorization: `Bearer ${token}` },
  );
  const requestId = body.errors?.[0]?.extensions.requestId;
  const lines = graph.log.filter((line) => line.audit === 'refused' && line.requestId === requestId);
  expect(lines).toMatchObject([
    { principal: { kind: 'clerk', id: 'u77' }, reason: '2 fields', fields: ['Thing.both', 'Thing.cost'] },
  ]);
  const bad = `${token.slice(0, -3)}AAA`;
  const refused = await post(graph.gateway.url, { query: '{ thing { id } }' }, { authorization: `Bearer ${bad}` });
  const id = refused.body.errors?.[0]?.extensions.requestId;
  expect(graph.log.filter((line) => line.audit === 'refused' && line.requestId === id)).toMatchObject([
    { reason: 'it does not verify' },
  ]);
  const text = JSON.stringify(graph.log);
  for (const secret of [token, bad, token.split('.')[2] ?? token]) expect(text).not.toContain(secret);
});

test('each change by a caller with a proof is one line, with who, what and the request id, and nothing of what it said', async () => {
  const change = 'mutation Change { first a: second ...F } fragment F on Mutation { third }';
  const nobody = await post(graph.gateway.url, { query: 'mutation { first }' });
  expect(nobody.status).toBe(200);
  const { headers } = await post(graph.gateway.url, { query: change }, await graph.as('w', 'u78'));
  await post(graph.gateway.url, { query: '{ thing { id } }' }, await graph.as('w', 'u78'));
  // Other tests change things too, as others.
  const done = graph.log.filter((line) => line.audit === 'done' && JSON.stringify(line).includes('"u78"'));
  expect(done).toMatchObject([
    {
      principal: { kind: 'clerk', id: 'u78' },
      operation: 'Change',
      fields: ['first', 'second', 'third'],
      reason: 'allowed',
      requestId: headers.get('x-request-id'),
    },
  ]);
});

test('all or nothing: an operation that asks for too much is refused', async () => {
  await using strict = await startAccessGraph({ accessMode: 'reject' });
  const before = strict.goods.seen.length;
  const refused = await post(strict.gateway.url, { query: '{ thing { id cost } }' });
  expect(refused).toMatchObject({ status: 401, body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
  const forbidden = await post(strict.gateway.url, { query: '{ thing { id cost } }' }, await strict.as(''));
  expect(forbidden).toMatchObject({ status: 403, body: { errors: [{ extensions: { code: 'FORBIDDEN' } }] } });
  expect(strict.goods.seen).toHaveLength(before);
  expect((await post(strict.gateway.url, { query: '{ thing { id } }' })).body.data).toEqual({ thing: { id: '1' } });
});

test('A81: a directive that is renamed by its link is obeyed', async () => {
  await using renamed = await startAccessGraph({}, {}, (sdl) =>
    sdl.replace('"@requiresScopes"', '{name: "@requiresScopes", as: "@only"}').replaceAll('@requiresScopes(', '@only('),
  );
  const { body } = await post(renamed.gateway.url, { query: '{ thing { cost } }' });
  expect(body).toMatchObject({
    data: { thing: { cost: null } },
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('the schema is read by those with the scope for it where others may not', async () => {
  await using closed = await startAccessGraph({
    limits: Object.fromEntries(
      Object.entries((await import('../../../gateway/config.ts')).resolveSettings().limits).map(([row, limits]) => [
        row,
        { ...limits, isIntrospectionAllowed: false },
      ]),
    ) as never,
  });
  const query = '{ __schema { queryType { name } } }';
  const refused = await post(closed.gateway.url, { query }, await closed.as('admin'));
  expect(refused).toMatchObject({
    status: 400,
    body: { errors: [{ extensions: { code: 'INTROSPECTION_DISABLED' } }] },
  });
  expect((await post(closed.gateway.url, { query }, await closed.as('schema:read'))).body.data).toBeDefined();
});
