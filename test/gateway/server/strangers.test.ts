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

async function countRead(url: string): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const counts = text.matchAll(/^gateway_documents_read_total\{way="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries(Array.from(counts, ([, way, count]) => [way, Number(count)]));
}

test('the first of its kind is read as it is, the second in common form, and from the third on it is recognised, in no crowd too', async () => {
  await using graph = await startTestGraph();
  await post(graph.gateway.url, { query: '{ me { name } }' }); // the first of all goes by Apollo Server
  for (let number = 3; number < 10; number++) {
    const { body } = await post(graph.gateway.url, { query: stranger(number) });
    expect(JSON.stringify(body.data)).toBe(answerTo(number));
  }
  expect(await countRead(graph.gateway.url)).toEqual({ own: 2, common: 1, recognised: 5 });
  // Its text is that of the first, which is known.
  await post(graph.gateway.url, { query: stranger(3) });
  expect(await countRead(graph.gateway.url)).toEqual({ own: 2, common: 1, recognised: 5 });
});

test('what has a known shape and is not valid, or not what is meant, is answered as it would be without', async () => {
  await using graph = await startTestGraph();
  const page = (number: number | string, alias = 'some', name = 'A'): string =>
    `query ${name} { ${alias}: page(first: ${number}) { name } me { id } }`;
  const ask = async (query: string, more: object = {}) => (await post(graph.gateway.url, { query, ...more })).body;
  for (let number = 1; number < 6; number++) await ask(page(number % 3, `p${number}`));
  const before = await countRead(graph.gateway.url);
  const late = await ask(page(99_999_999_999));
  expect(late.errors?.[0]?.message).toContain('Int cannot represent non 32-bit signed integer value: 99999999999');
  expect((await ask(page(1, 'me'))).errors?.[0]?.message).toContain('Fields "me" conflict');
  expect((await ask(page('"1"'))).errors?.[0]?.message).toContain('Int cannot represent non-integer value: "1"');
  expect((await ask(page(1, 'x', 'B'), { operationName: 'A' })).errors?.[0]?.message).toContain(
    'Unknown operation named "A"',
  );
  expect((await ask(page(1_000_000))).errors?.[0]?.extensions.code).toBe('COST_LIMIT');
  expect((await ask(page('1, first: 2'))).errors?.[0]?.message).toContain('only one argument named "first"');
  expect(await countRead(graph.gateway.url)).toMatchObject({ common: before.common, refused: 4 });
  const named = await ask(page(2, 'mine', 'Mine'), { operationName: 'Mine' });
  expect(named.data).toEqual({ mine: [{ name: 'Ada' }, { name: 'Grace' }], me: { id: '1' } });
});
