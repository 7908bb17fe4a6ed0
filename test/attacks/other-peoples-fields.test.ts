import { expect, test } from 'vitest';
import { resolveSettings } from '../../gateway/config.ts';
import { createGateway } from '../../gateway/server.ts';
import { startSubgraph } from '../gateway/server/start-subgraph.ts';
import { compose, post } from '../gateway/server/test-graph.ts';

const types = Array.from({ length: 12 }, (_, index) => `T${index}`);
const owners = ['b', 'c', 'd'];
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const rootSdl = `${link} type Query { node: Node known: String } interface Node { id: ID! next: Node }
  ${types.map((name) => `type ${name} implements Node @key(fields: "id") { id: ID! next: Node }`).join('\n')}`;
/** Each type's fields are three other subgraphs'. */
const ownerSdl = (owner: string) =>
  `${link} type Query { ${owner}: String }
  ${types.map((name) => `type ${name} @key(fields: "id") { id: ID! ${owner}0: String ${owner}1: String }`).join('\n')}`;

/** `... on T0 { b0 c0 d0 next { … } }` for as many types, as deep. */
function spreads(count: number, depth: number): string {
  const fields = owners.map((owner) => `${owner}0 ${owner}1`).join(' ');
  const next = depth > 1 ? `next { ${spreads(count, depth - 1)} }` : '';
  return types
    .slice(0, count)
    .map((name) => `... on ${name} { ${fields} ${next} }`)
    .join(' ');
}

test('A15 spreads over many types whose fields are elsewhere are planned or refused in time, and hold nobody up', async () => {
  await using opened = new AsyncDisposableStack();
  const node = { __typename: 'T3', id: '1' };
  const resolve = { __resolveReference: ({ id }: { id: string }) => ({ id }) };
  const root = opened.use(
    await startSubgraph('a', rootSdl, {
      Query: { node: () => node, known: () => 'yes' },
      ...Object.fromEntries(types.map((name) => [name, { ...resolve, next: () => node }])),
    }),
  );
  const others = [];
  for (const owner of owners) {
    const fields = { [`${owner}0`]: () => owner, [`${owner}1`]: () => owner };
    const resolvers = Object.fromEntries(types.map((name) => [name, { ...resolve, ...fields }]));
    others.push(opened.use(await startSubgraph(owner, ownerSdl(owner), resolvers)));
  }
  const gateway = opened.adopt(
    await createGateway({
      supergraph: { kind: 'sdl', sdl: compose([root, ...others]) },
      settings: { ...resolveSettings(), port: 0, logLevel: 'silent' },
    }),
    (running) => running.close(),
  );
  const askKnown = async () => {
    const startedAt = performance.now();
    expect((await post(gateway.url, { query: '{ known }' })).body).toEqual({ data: { known: 'yes' } });
    return performance.now() - startedAt;
  };
  await askKnown();
  // The widest, the deepest, and what lies between, up to what the limits let through.
  const shapes = [
    [12, 1],
    [12, 2],
    [4, 3],
    [3, 4],
    [2, 6],
    [1, 11],
  ] as const;
  for (const [count, depth] of shapes) {
    const startedAt = performance.now();
    const attack = post(gateway.url, { query: `{ node { ${spreads(count, depth)} } }` });
    let isOver = false;
    const over = attack.finally(() => {
      isOver = true;
    });
    do {
      expect(await askKnown()).toBeLessThan(2_000);
    } while (!isOver);
    const { status, body } = await over;
    const code = body.errors?.[0]?.extensions.code;
    expect([undefined, 'TOKEN_LIMIT', 'SELECTION_LIMIT', 'DEPTH_LIMIT', 'QUERY_TOO_COMPLEX']).toContain(code);
    expect(status).toBe(code === undefined ? 200 : 400);
    // Planning has a deadline of 4 s by the clock, and is given up at it.
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    console.log(
      `${count} types, ${depth} deep: ${code ?? 'answered'} after ${Math.round(performance.now() - startedAt)} ms`,
    );
  }
});
