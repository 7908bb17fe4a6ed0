import { expect, test } from 'vitest';
import { post, startTestGraph } from './test-graph.ts';

/** More than are remembered at their first sight (doorkeeper.ts). */
const crowd = 230;

function stranger(number: number): string {
  const people = `p${number}: page(first: ${number % 3}) { n${number}: name reviews { body } }`;
  return `query S${number} { e${number}: echo(text: "t${number}", list: [${number}], role: READER) ${people} c${number}: crash }`;
}

function answerTo(number: number): string {
  const people = ['Ada', 'Grace', 'Edsger'].slice(0, number % 3).map((name, index) => ({
    [`n${number}`]: name,
    reviews: [{ body: `Review of ${index + 1}` }],
  }));
  return JSON.stringify({ [`e${number}`]: `t${number}`, [`p${number}`]: people, [`c${number}`]: null });
}

test('in a crowd of queries that differ in names, aliases and values each has its own answer, and the subgraphs see few documents', async () => {
  await using graph = await startTestGraph();
  for (let number = 0; number < crowd; number++)
    await post(graph.gateway.url, { query: `query W${number} { me { name } }` });
  graph.accounts.documents.length = 0;
  const ask = async (number: number): Promise<void> => {
    const { body } = await post(graph.gateway.url, { query: stranger(number) });
    expect(JSON.stringify(body.data)).toBe(answerTo(number));
    expect(body.errors?.map(({ path }) => path)).toEqual([[`c${number}`]]);
  };
  for (let number = 0; number < 20; number++) await ask(number);
  await Promise.all(Array.from({ length: 60 }, (_, index) => ask(20 + index)));
  expect(new Set(graph.accounts.documents).size).toBeLessThan(10);
  expect(graph.accounts.documents.join('\n')).not.toContain('S7');
});

test('what is wrong with one of them is said of its own text', async () => {
  await using graph = await startTestGraph();
  for (let number = 0; number < crowd; number++)
    await post(graph.gateway.url, { query: `query W${number} { me { name } }` });
  for (let number = 0; number < 5; number++) await post(graph.gateway.url, { query: stranger(number) });
  const wrong = await post(graph.gateway.url, { query: 'query Bad { mine: page(first: "1") { name } }' });
  expect(wrong.body.errors?.[0]?.message).toContain('Int cannot represent non-integer value: "1"');
  const twice = await post(graph.gateway.url, { query: '{ a: echo(text: "x") a: echo(text: "y") }' });
  expect(twice.body.errors?.[0]?.message).toContain('Fields "a" conflict');
  const dear = await post(graph.gateway.url, { query: 'query Dear { some: page(first: 1000000) { name } }' });
  expect(dear.body.errors?.[0]?.extensions.code).toBe('COST_LIMIT');
});
