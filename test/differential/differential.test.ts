import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { PlannerKind } from '../../gateway/planning/planner.ts';
import { type OpenWorld, openWorld, PlanningFailed } from './open-world.ts';
import { type OperationTree, operationArbitrary } from './operation-arbitrary.ts';
import { printOperation } from './print-operation.ts';
import { toValid } from './to-valid.ts';
import { depot } from './worlds/depot.ts';
import { library } from './worlds/library.ts';
import { oneshelf } from './worlds/oneshelf.ts';

const worlds = [library, depot, oneshelf];
const planners: readonly PlannerKind[] = ['hive', 'apollo'];
const totalRuns = Number(process.env.DIFFERENTIAL_RUNS ?? 2_000);
const seed = Number(process.env.DIFFERENTIAL_SEED ?? Date.now() % 2 ** 31);
const opened: OpenWorld[] = [];

afterAll(() => Promise.all(opened.map((world) => world.close())));

describe.each(worlds)('random operations over $name', (world) => {
  const open = openWorld(world);
  opened.push(open);

  const title = 'are answered with %s as one merged schema answers them';
  test.each(planners)(title, { timeout: 1_800_000 }, async (kind) => {
    const numRuns = Math.ceil(totalRuns / worlds.length / planners.length);
    const operations = operationArbitrary(open.supergraph.apiSchema, world.words, world.beyondPlanners);
    const draws = fc.double({ min: 0, max: 0.999, noNaN: true });
    let givenUp = 0;
    const property = fc.asyncProperty(operations, draws, async (tree, draw) => {
      const operation = toValid(open.supergraph.apiSchema, tree);
      fc.pre(operation !== undefined);
      const expected = await open.answerMerged(operation);
      try {
        const actual = await open.answer(kind, operation, draw);
        expect(actual.data, JSON.stringify(actual.errors)).toBe(expected.data);
        // Every null that an error made must have an error of ours. Which one of several in an object that became null is free, and
        // ours may name more: in required fields that the client did not ask for.
        const unexplained = expected.errorPaths
          .map((path) => nullPlace(path, expected.data))
          .filter((place) => !actual.errorPaths.some((own) => overlap(place, own)));
        expect(unexplained, JSON.stringify(actual.errors)).toEqual([]);
      } catch (error) {
        if (!(error instanceof PlanningFailed)) throw error;
        givenUp++;
      }
    });
    await fc.assert(property, { numRuns, seed, reporter });
    // Some operations neither planner can plan (stock-differences.ts says which): there must be few of them.
    expect(givenUp).toBeLessThanOrEqual(1 + numRuns * 0.02);
  });
});

/** Where an error's null stands in the data: at its path, or above it. */
function nullPlace(path: string, data: string | undefined): string {
  const keys: (string | number)[] = JSON.parse(path) ?? [];
  let value: unknown = data === undefined ? null : JSON.parse(data);
  const place: (string | number)[] = [];
  for (const key of keys) {
    if (value === null || value === undefined) break;
    value = (value as Record<string | number, unknown>)[key];
    place.push(key);
  }
  return JSON.stringify(place);
}

/** True when one path lies at or above the other. */
function overlap(one: string, other: string): boolean {
  const [long, short] = [one, other]
    .map((path): unknown[] => JSON.parse(path) ?? [])
    .sort((a, b) => b.length - a.length);
  return short?.every((key, index) => key === long?.[index]) ?? false;
}

/** Says what a human needs: the seed, the smallest failing operation as a document, and the difference. */
function reporter(details: fc.RunDetails<[OperationTree, number]>): void {
  if (!details.failed) return;
  const [tree, draw] = details.counterexample ?? [];
  const documents = tree ? [false, true].map((unique) => printOperation(tree, '', unique)) : [];
  const texts = documents.map(({ document, variables }) => `${document}\nvariables ${JSON.stringify(variables)}`);
  const cause =
    details.errorInstance instanceof Error ? details.errorInstance : new Error(String(details.errorInstance));
  const head = `seed ${details.seed}, draw ${draw}, after ${details.numRuns} runs`;
  throw new Error(`${head}\n${texts.join('\nor\n')}\n${cause.message}`, { cause });
}
