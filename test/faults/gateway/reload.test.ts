import { expect, test } from 'vitest';
import { startLoad } from '../../gateway/server/load.ts';
import { post } from '../../gateway/server/test-graph.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { openFileGraph } from './open-graph.ts';

const query = '{ books { title author { name } lentTo } }';
const expected =
  '{"data":{"books":[{"title":"Emma","author":{"name":"Austen"},"lentTo":"Ada"},' +
  '{"title":"Persuasion","author":{"name":"Austen"},"lentTo":"Bob"},{"title":"Middlemarch","author":{"name":"Eliot"},"lentTo":"Cyd"}]}}';

test('a supergraph file that is rewritten again and again, and pushes between, fail no request', {
  timeout: 180_000,
}, async () => {
  await using graph = await openFileGraph();
  const isServed = async (field: string): Promise<boolean> => {
    const { body } = await post(graph.url, { query: '{ __type(name: "Query") { fields { name } } }' });
    return JSON.stringify(body.data).includes(`"${field}"`);
  };
  const load = startLoad(graph.url, query, (body) => body === expected, 8);
  for (let round = 0; round < 15; round++) {
    const field = `version${round}`;
    const answered = load.answered();
    if (round % 3 === 2) expect(await graph.push(graph.supergraph(field))).toBe(200);
    else await graph.replace(graph.supergraph(field), round % 3 === 0 ? 'renamed' : 'in place');
    await waitUntil(`${field} is served`, () => isServed(field), 30_000);
    await waitUntil('requests are answered', () => load.answered() > answered + 20, 30_000);
  }
  const before = load.answered();
  await graph.replace('type Query { broken', 'in place');
  expect(await graph.push('type Query { a: Int }')).toBe(422);
  await waitUntil('requests are answered', () => load.answered() > before + 20, 30_000);
  expect(await isServed('version14')).toBe(true);
  const { failures, answered, refused } = await load.stop();
  expect({ failures, refused }).toEqual({ failures: [], refused: 0 });
  expect(answered).toBeGreaterThan(15 * 20);
});

test('SIGTERM under load ends the process with 0, and no request that it took fails', {
  timeout: 120_000,
}, async () => {
  await using graph = await openFileGraph();
  const load = startLoad(graph.url, query, (body) => body === expected, 16);
  await waitUntil('requests are answered', () => load.answered() > 200, 30_000);
  expect(await graph.gateway.stop('SIGTERM')).toBe(0);
  const { failures, refused } = await load.stop();
  expect(failures).toEqual([]);
  expect(refused).toBeGreaterThan(0);
});
