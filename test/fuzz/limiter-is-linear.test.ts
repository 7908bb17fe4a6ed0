import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readShape } from '../../gateway/transport/document-shape.ts';
import { measureDocument } from '../../gateway/transport/measure-document.ts';
import { openWorkCounter } from './count-work.ts';
import { nastyFamilies } from './documents/nasty-documents.ts';
import { guardOnce, ofLength, variableFamilies } from './measure-guard.ts';

/*
 * Four times the text is four times the work. Steps are counted, not milliseconds: the count is the same on every machine. What one step
 * costs, `node bench/limiter/run.ts` measures.
 */
const chars = 4_000;
/** Sixteen would be a square. */
const tooMuch = 5;

let counter: Awaited<ReturnType<typeof openWorkCounter>>;
beforeAll(async () => {
  counter = await openWorkCounter();
  await growth(() => guardOnce('{__typename}', {}));
});
afterAll(() => counter.close());

/** How many times the steps are when the input is four times as large. */
async function growth(work: (times: number) => void): Promise<number> {
  const once = await counter.count(() => work(1));
  return (await counter.count(() => work(4))) / once;
}

describe('four times the input is four times the work:', () => {
  test.each(Object.entries(nastyFamilies))('%s', async (_name, family) => {
    const [small, large] = [ofLength(family, chars), ofLength(family, 4 * chars)];
    expect(await growth((times) => guardOnce(times === 1 ? small : large, undefined))).toBeLessThan(tooMuch);
  });

  test.each(Object.entries(variableFamilies))('variables: %s', async (_name, family) => {
    expect(await growth((times) => guardOnce('{__typename}', family(times * 1_000)))).toBeLessThan(tooMuch);
  });

  test('any three of them in one document', async () => {
    const some = fc.array(fc.constantFrom(...Object.values(nastyFamilies)), { minLength: 3, maxLength: 3 });
    const property = fc.asyncProperty(some, async (three) => {
      const make = (size: number) => three.map((family) => family(size)).join(' ');
      const [small, large] = [ofLength(make, chars), ofLength(make, 4 * chars)];
      expect(await growth((times) => guardOnce(times === 1 ? small : large, undefined))).toBeLessThan(tooMuch);
    });
    await fc.assert(property, { numRuns: 100 });
  });
});

test('steps are counted: a document of fields has hundreds, and twice the fields twice as many', async () => {
  const fields = nastyFamilies.fields ?? String;
  const once = await counter.count(() => guardOnce(fields(100), undefined));
  expect(once).toBeGreaterThan(1_000);
  expect((await counter.count(() => guardOnce(fields(200), undefined))) / once).toBeGreaterThan(1.8);
});

test('brackets that nest deeper than any depth that is allowed are not parsed: the parser has only so much stack', () => {
  for (const part of ['[', '{a(x:[', '{a', '{...{', '{a(x:{y:']) {
    expect(measureDocument(readShape(`{a(x:${part.repeat(1_500)}`, 10_000)).depth).toBe(Number.POSITIVE_INFINITY);
  }
  expect(measureDocument(readShape(`{a(x:${'['.repeat(90)}${']'.repeat(90)})}`, 4_000)).depth).toBe(1);
});
