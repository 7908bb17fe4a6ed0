import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readSupergraph } from '../../../gateway/supergraph/supergraph.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { startLoad } from './load.ts';
import { compose, post, startAccounts, startReviews, startTestGraph } from './test-graph.ts';

const query = '{ me { name reviews { body } } }';
const expected = '{"data":{"me":{"name":"Ada","reviews":[{"body":"Review of 1"}]}}}';
const addField = (sdl: string, name: string): string =>
  name === 'reviews' ? sdl.replace('body: String!', 'body: String!  stars: Int') : sdl;

/** A directory of its own for a supergraph file. */
async function supergraphFile(
  sdl: string,
): Promise<AsyncDisposable & { readonly path: string; replace(text: string): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'supergraph-'));
  const path = join(directory, 'supergraph.graphql');
  await writeFile(path, sdl);
  return {
    path,
    async replace(text) {
      await writeFile(`${path}.new`, text);
      await rename(`${path}.new`, path);
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

test('a changed file is swapped under load without a failed request, again and again', async () => {
  await using accounts = await startAccounts();
  await using reviews = await startReviews();
  const before = compose([accounts, reviews]);
  const after = compose([accounts, reviews], addField);
  await using file = await supergraphFile(before);
  await using graph = await startTestGraph({ watchIntervalMs: 20 }, { supergraph: { kind: 'file', path: file.path } });
  const load = startLoad(graph.gateway.url, query, (body) => body === expected);
  for (const sdl of [after, before, after, before, after]) {
    const answered = load.answered();
    await waitUntil('requests are answered', () => load.answered() > answered + 20);
    await file.replace(sdl);
    await waitUntil('the file is in service', () => graph.gateway.supergraphId === readSupergraph(sdl).id);
  }
  const { failures, answered } = await load.stop();
  expect(failures).toEqual([]);
  expect(answered).toBeGreaterThan(100);
  expect((await post(graph.gateway.url, { query: '{ reviews { stars } }' })).status).toBe(200);
});

test('what was pushed stays in service while the file only has what it had, however often it is written', async () => {
  await using accounts = await startAccounts();
  await using reviews = await startReviews();
  const written = compose([accounts, reviews]);
  const pushed = compose([accounts, reviews], addField);
  await using file = await supergraphFile(written);
  const supergraph = { kind: 'file', path: file.path } as const;
  await using graph = await startTestGraph({ watchIntervalMs: 20, adminToken: 'let-me-in' }, { supergraph });
  const response = await fetch(new URL('/admin/supergraph', graph.gateway.url), {
    method: 'POST',
    headers: { authorization: 'Bearer let-me-in', 'content-type': 'application/graphql' },
    body: pushed,
  });
  expect(response.status).toBe(200);
  const { id } = readSupergraph(pushed);
  for (let time = 0; time < 5; time++) {
    await wait(100);
    expect(graph.gateway.supergraphId).toBe(id);
    await file.replace(written);
  }
  const next = compose([accounts, reviews], (sdl, name) => addField(sdl, name).replace('stars: Int', 'stars: Float'));
  await file.replace(next);
  await waitUntil('a changed file is in service', () => graph.gateway.supergraphId === readSupergraph(next).id);
});

test('a broken file is refused and logged, and the old supergraph stays', async () => {
  await using accounts = await startAccounts();
  await using reviews = await startReviews();
  const good = compose([accounts, reviews]);
  await using file = await supergraphFile(good);
  await using graph = await startTestGraph({ watchIntervalMs: 20 }, { supergraph: { kind: 'file', path: file.path } });
  const { supergraphId } = graph.gateway;
  const broken: readonly string[] = [
    '',
    '{',
    'type Query { a: Int }',
    good.slice(0, -200),
    good.replace('type User ', 'type Usr '),
    good.replace('name: "accounts"', 'nome: "accounts"'),
    good.replaceAll(accounts.url, 'file:///etc/passwd'),
  ];
  for (const [index, sdl] of broken.entries()) {
    await file.replace(sdl);
    const refused = () => graph.log.filter(({ msg }) => msg === 'A supergraph was refused; the old one stays');
    await waitUntil(`broken file ${index} is refused`, () => refused().length === index + 1);
    expect(graph.gateway.supergraphId).toBe(supergraphId);
    expect((await post(graph.gateway.url, { query })).body).toEqual(JSON.parse(expected));
  }
  await rm(file.path);
  await waitUntil('the missing file is logged', () =>
    graph.log.some(({ msg }) => String(msg).startsWith('The supergraph file cannot be read')),
  );
  const fixed = compose([accounts, reviews], addField);
  await file.replace(fixed);
  await waitUntil('the repaired file is in service', () => graph.gateway.supergraphId === readSupergraph(fixed).id);
});

test('an operation ends on the supergraph it began with', async () => {
  await using graph = await startTestGraph();
  const slow = post(graph.gateway.url, { query: '{ slow(ms: 300) me { name } }' });
  await waitUntil('the slow operation is below', () => graph.accounts.seen.length > 0);
  const without = compose([graph.accounts, graph.reviews], (sdl) => sdl.replace('slow(ms: Int!): String', ''));
  await graph.gateway.offer(without);
  expect((await post(graph.gateway.url, { query: '{ slow(ms: 1) }' })).body.errors?.[0]?.extensions.code).toBe(
    'GRAPHQL_VALIDATION_FAILED',
  );
  expect((await slow).body).toEqual({ data: { slow: 'done', me: { name: 'Ada' } } });
});

test('plans of the hottest operations are warm when the new supergraph takes over', async () => {
  await using graph = await startTestGraph();
  await post(graph.gateway.url, { query });
  await post(graph.gateway.url, { query: '{ reviews { id } }' });
  const misses = async () =>
    /gateway_plans_total\{outcome="miss"\} (\d+)/.exec(
      await (await fetch(new URL('/metrics', graph.gateway.url))).text(),
    )?.[1];
  expect(await misses()).toBe('2');
  await graph.gateway.offer(compose([graph.accounts, graph.reviews], addField));
  expect((await post(graph.gateway.url, { query })).body).toEqual(JSON.parse(expected));
  expect((await post(graph.gateway.url, { query: '{ reviews { id } }' })).status).toBe(200);
  expect(await misses()).toBe('2');
  expect(graph.log.find(({ msg }) => msg === 'Plans are warm')?.warmed).toBe(2);
});

test('a supergraph that differs in its access rules alone is another one', async () => {
  await using graph = await startTestGraph();
  const restricted = compose([graph.accounts, graph.reviews], (sdl) =>
    sdl
      .replace('import: ["@key"]', 'import: ["@key", "@authenticated"]')
      .replace('body: String!', 'body: String! @authenticated'),
  );
  const { id } = await graph.gateway.offer(restricted);
  expect(graph.gateway.supergraphId).toBe(id);
  expect((await post(graph.gateway.url, { query: '{ me { name } }' })).status).toBe(200);
});

test('pushed supergraphs need the token; a broken one is refused with its reason', async () => {
  await using graph = await startTestGraph({ adminToken: 'let-me-in' });
  const url = new URL('/admin/supergraph', graph.gateway.url);
  const push = (sdl: string, authorization?: string) =>
    fetch(url, {
      method: 'POST',
      body: sdl,
      headers: { 'content-type': 'application/graphql', ...(authorization === undefined ? {} : { authorization }) },
    });
  const next = compose([graph.accounts, graph.reviews], addField);
  for (const authorization of [undefined, 'Bearer let-me-out', 'Bearer ', 'let-me-in', 'Basic let-me-in']) {
    expect((await push(next, authorization)).status).toBe(401);
  }
  expect((await push('nonsense', 'Bearer let-me-in')).status).toBe(422);
  expect((await push('type Query { a: Int }', 'Bearer let-me-in')).status).toBe(422);
  expect(graph.gateway.supergraphId).toBe(readSupergraph(graph.sdl).id);
  const answer = await push(next, 'Bearer let-me-in');
  expect([answer.status, await answer.json()]).toEqual([200, { supergraph: readSupergraph(next).id }]);
  expect(graph.gateway.supergraphId).toBe(readSupergraph(next).id);
  await using closed = await startTestGraph();
  expect((await fetch(new URL('/admin/supergraph', closed.gateway.url), { method: 'POST', body: next })).status).toBe(
    404,
  );
});

test('a swap keeps the connections of subgraphs that stay; those of one that left are closed when no operation can need them', async () => {
  await using graph = await startTestGraph({ operationDeadlineMs: 1_000 });
  const both = { query: '{ me { name } reviews { id } }' };
  expect((await post(graph.gateway.url, both)).status).toBe(200);
  const before = await graph.reviews.connections();
  expect(before).toBeGreaterThan(0);
  await graph.gateway.offer(compose([graph.accounts, graph.reviews], addField));
  expect((await post(graph.gateway.url, both)).status).toBe(200);
  expect(graph.reviews.opened()).toBe(before);
  await graph.gateway.offer(compose([graph.accounts]));
  expect((await post(graph.gateway.url, { query: '{ me { name } }' })).status).toBe(200);
  await waitUntil('the connections are closed', async () => (await graph.reviews.connections()) === 0, 10_000);
});
