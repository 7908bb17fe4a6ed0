import { expect, test } from 'vitest';
import { post, startTestGraph } from './test-graph.ts';

/** Fills what is remembered at first sight: 200 and, while they come, five a second (doorkeeper.ts). */
async function sendCrowd(url: string): Promise<void> {
  for (let batch = 0; batch < 10; batch++) {
    const queries = Array.from({ length: 50 }, (_, index) => `query W${batch}_${index} { me { name } }`);
    await Promise.all(queries.map((query) => post(url, { query })));
  }
}

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
  await sendCrowd(graph.gateway.url);
  graph.accounts.documents.length = 0;
  const startedAt = performance.now();
  const ask = async (number: number): Promise<void> => {
    const { body } = await post(graph.gateway.url, { query: stranger(number) });
    expect(JSON.stringify(body.data)).toBe(answerTo(number));
    expect(body.errors?.map(({ path }) => path)).toEqual([[`c${number}`]]);
  };
  for (let number = 0; number < 20; number++) await ask(number);
  await Promise.all(Array.from({ length: 60 }, (_, index) => ask(20 + index)));
  // Five a second are remembered by themselves.
  const few = 5 + (6 * (performance.now() - startedAt)) / 1_000;
  expect(new Set(graph.accounts.documents).size).toBeLessThan(few);
  expect(graph.accounts.documents.filter((text) => text.includes('$v_0')).length).toBeGreaterThan(0);
});

test('what is wrong with one of them is said of its own text', async () => {
  await using graph = await startTestGraph();
  await sendCrowd(graph.gateway.url);
  for (let number = 0; number < 5; number++) await post(graph.gateway.url, { query: stranger(number) });
  const wrong = await post(graph.gateway.url, { query: 'query Bad { mine: page(first: "1") { name } }' });
  expect(wrong.body.errors?.[0]?.message).toContain('Int cannot represent non-integer value: "1"');
  const twice = await post(graph.gateway.url, { query: '{ a: echo(text: "x") a: echo(text: "y") }' });
  expect(twice.body.errors?.[0]?.message).toContain('Fields "a" conflict');
  const dear = await post(graph.gateway.url, { query: 'query Dear { some: page(first: 1000000) { name } }' });
  expect(dear.body.errors?.[0]?.extensions.code).toBe('COST_LIMIT');
});
