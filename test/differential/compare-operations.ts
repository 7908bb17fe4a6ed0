import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { PlannerKind } from '../../gateway/planning/planner.ts';
import { openStock } from './answer-stock.ts';
import { compareAnswers } from './compare-answers.ts';
import { explainStock } from './explain-stock.ts';
import { type OpenWorld, openWorld, PlanningFailed } from './open-world.ts';
import { type OperationTree, operationArbitrary } from './operation-arbitrary.ts';
import { type PrintedOperation, printOperation } from './print-operation.ts';
import type { Chaos } from './strike.ts';
import { toValid } from './to-valid.ts';
import type { World } from './world.ts';
import { depot } from './worlds/depot.ts';
import { library } from './worlds/library.ts';
import { oneshelf } from './worlds/oneshelf.ts';

const worlds: readonly World[] = [library, depot, oneshelf];
const planners: readonly PlannerKind[] = ['hive', 'apollo'];

export interface Comparison {
  /** Operations in all, the same number over each world. */
  readonly runs: number;
  readonly seed: number;
  /** Fields below fields and fragments. At 5, Apollo's planner needs seconds for some operations over the library. */
  readonly depth: number;
  /** Told of everything that was done, for the figures of a long run. */
  readonly count: (what: string, by?: number) => void;
}

/**
 * Tests that random operations are answered by ours, on either planner, as one merged schema answers them, and by stock
 * @apollo/gateway as well, but for the faults in stock-differences.ts.
 */
export function compareOperations({ runs, seed, depth, count }: Comparison): void {
  const opened: OpenWorld[] = [];
  afterAll(() => Promise.all(opened.map((world) => world.close())));

  describe.each(worlds)(`random operations over $name, ${depth} deep`, (world) => {
    test('are answered by both planners, and by stock but for its listed faults, as by one merged schema', async () => {
      const open = openWorld(world);
      opened.push(open);
      const { apiSchema } = open.supergraph;
      const stock = await openStock(world, open.supergraph.sdl, open.subgraphs);
      const numRuns = Math.ceil(runs / worlds.length);
      const operations = operationArbitrary(apiSchema, world, depth);
      const draws = fc.double({ min: 0, max: 0.999, noNaN: true });
      // One operation in three is answered by subgraphs whose fields fail.
      const chaoses = fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat() });
      let givenUp = 0;
      const compare = async (operation: PrintedOperation, draw: number, chaos: Chaos): Promise<void> => {
        const expected = await open.answerMerged(operation, chaos);
        for (const kind of planners) {
          const actual = await open.answer(kind, operation, draw, chaos).catch(passFailedPlanning);
          if (actual === undefined) givenUp++;
          else compareAnswers(actual, expected);
        }
        const inForm = await open.answerInForm(operation, draw, chaos).catch(passFailedPlanning);
        if (inForm !== undefined) {
          compareAnswers(inForm, expected);
          count('in its common form too');
        }
        const verdict = await explainStock(open, stock, operation, chaos);
        if (verdict.kind === 'unlisted') expect(verdict.actual, print(verdict.operation)).toBe(verdict.expected);
        count('operations');
        if (chaos !== undefined) count('with failing fields');
        count(verdict.kind === 'listed' ? `stock wrong (${verdict.reason})` : 'stock right');
      };
      const property = fc.asyncProperty(operations, draws, chaoses, async (tree, draw, chaos) => {
        const operation = toValid(apiSchema, tree);
        fc.pre(operation !== undefined);
        await compare(operation, draw, chaos);
      });
      await fc.assert(property, { numRuns, seed, reporter }).finally(() => stock.close());
      count('given up by a planner', givenUp);
      // Some operations a planner cannot plan, or not in time: there must be few of them.
      expect(givenUp).toBeLessThanOrEqual(2 + numRuns * 0.04);
    });
  });
}

function passFailedPlanning(error: unknown): undefined {
  if (!(error instanceof PlanningFailed)) throw error;
}

function print({ document, variables }: PrintedOperation): string {
  return `${document}\nvariables ${JSON.stringify(variables)}`;
}

/** Says what a human needs: the seed, the smallest failing operation as a document, and the difference. */
function reporter(details: fc.RunDetails<[OperationTree, number, Chaos]>): void {
  if (!details.failed) return;
  const [tree, draw, chaos] = details.counterexample ?? [];
  const texts = tree ? [false, true].map((unique) => print(printOperation(tree, '', unique))) : [];
  const cause =
    details.errorInstance instanceof Error ? details.errorInstance : new Error(String(details.errorInstance));
  const head = `seed ${details.seed}, draw ${draw}, chaos ${chaos}, after ${details.numRuns} runs`;
  throw new Error(`${head}\n${texts.join('\nor\n')}\n${cause.message}`, { cause });
}
