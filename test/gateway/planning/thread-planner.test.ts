import { parse } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { noOverrides } from '../../../gateway/planning/choose-overrides.ts';
import { createPlanner } from '../../../gateway/planning/create-planner.ts';
import { dataKeysFor } from '../../../gateway/planning/data-keys.ts';
import type { PlannerKind } from '../../../gateway/planning/planner.ts';
import { createPlanningThread } from '../../../gateway/planning/planning-thread.ts';
import { plannableTexts, takeOperation } from '../../../gateway/planning/split-operation.ts';
import { createThreadPlanner } from '../../../gateway/planning/thread-planner.ts';
import { openWorld } from '../../differential/open-world.ts';
import { library } from '../../differential/worlds/library.ts';

const { supergraph } = openWorld(library);
const signal = AbortSignal.timeout(20_000);

const operations = [
  { operation: '{ works { id ... on Film { minutes } } }', trueConditions: [] },
  { operation: 'query ($a: Boolean!) { works @include(if: $a) { id } __typename }', trueConditions: ['a'] },
  { operation: 'query ($a: Boolean!) { works @include(if: $a) { id } __typename }', trueConditions: [] },
  { operation: '{ shippable { shipping } __schema { queryType { name } } }', trueConditions: [] },
];

test.each<PlannerKind>(['hive', 'apollo'])('splits and plans in the thread as %s does here', async (kind) => {
  const thread = createPlanningThread();
  onTestFinished(() => thread.close());
  const planner = await createThreadPlanner(supergraph, kind, thread);
  onTestFinished(() => planner.close());
  const here = createPlanner(supergraph, kind);
  onTestFinished(() => here.close());
  for (const { operation, trueConditions } of operations) {
    const common = { contract: undefined, operationName: undefined, overrides: noOverrides, signal };
    const steps = await planner.planSteps?.({ ...common, operation, trueConditions });
    const chosen = takeOperation(parse(operation), undefined);
    const texts = plannableTexts(chosen, supergraph, dataKeysFor(supergraph.supergraphSchema), (name) =>
      (trueConditions as readonly string[]).includes(name),
    );
    const expected = await Promise.all(
      texts.map(async ({ text, stopsWithoutKey }) => ({
        plan: await here.plan({ ...common, operation: text }),
        stopsWithoutKey,
      })),
    );
    expect(steps).toEqual(expected.filter(({ plan }) => plan !== undefined));
  }
});

test('draws the overrides that the native planner draws', async () => {
  const thread = createPlanningThread();
  onTestFinished(() => thread.close());
  const planner = await createThreadPlanner(supergraph, 'hive', thread);
  onTestFinished(() => planner.close());
  const native = createPlanner(supergraph, 'hive');
  for (const random of [0, 0.25, 0.49, 0.51, 0.99]) {
    expect(planner.chooseOverrides(random)).toEqual(native.chooseOverrides(random));
  }
});
