import { describe, expect, onTestFinished, test } from 'vitest';
import { noOverrides } from '../../../gateway/planning/choose-overrides.ts';
import { createPlanner } from '../../../gateway/planning/create-planner.ts';
import { createHivePlanner, type HiveQuestion } from '../../../gateway/planning/hive-planner.ts';
import type { Planner, PlannerKind } from '../../../gateway/planning/planner.ts';
import { createPlannerProcess } from '../../../gateway/planning/planner-process.ts';
import { openWorld } from '../../differential/open-world.ts';
import { library } from '../../differential/worlds/library.ts';

const { supergraph } = openWorld(library);

function openPlanner(kind: PlannerKind): Planner {
  const planner = createPlanner(supergraph, kind);
  onTestFinished(() => planner.close());
  return planner;
}

function requestOf(operation: string, signal = AbortSignal.timeout(10_000)) {
  return { operation, operationName: undefined, overrides: noOverrides, signal };
}

describe.each<PlannerKind>(['hive', 'apollo'])('the %s planner', (kind) => {
  test('plans fetches with what they require', async () => {
    const plan = await openPlanner(kind).plan(requestOf('{ shippable { shipping } }'));
    expect(plan).toMatchObject({
      kind: 'Sequence',
      nodes: [
        { kind: 'Fetch' },
        { kind: 'Flatten', path: [{ kind: 'field', key: 'shippable' }, { kind: 'list' }] },
        { kind: 'Flatten' },
      ],
    });
  });

  test('is not asked at all once the caller has left', async () => {
    const planning = openPlanner(kind).plan(requestOf('{ works { id } }', AbortSignal.abort(new Error('left'))));
    await expect(planning).rejects.toThrow('left');
  });

  test('refuses what is not in the schema, without showing why', async () => {
    const planning = openPlanner(kind).plan(requestOf('{ secretField }'));
    await expect(planning).rejects.toMatchObject({ isShown: false, code: 'INTERNAL_SERVER_ERROR' });
  });

  test('draws progressive overrides', async () => {
    const planner = openPlanner(kind);
    const asked = async (random: number) => {
      const overrides = planner.chooseOverrides(random);
      return JSON.stringify(
        await planner.plan({ ...requestOf('{ work(id: "w3") { ... on Film { minutes } } }'), overrides }),
      );
    };
    expect(await asked(0.49)).toContain('"press"');
    expect(await asked(0.51)).not.toContain('"press"');
  });

  test('can be closed twice, with questions open', async () => {
    const planner = createPlanner(supergraph, kind);
    const open = planner.plan(requestOf('{ works { id } }')).catch(() => undefined);
    await planner.close();
    await planner.close();
    await open;
  });
});

describe('what the native planner cannot plan is planned by the other:', () => {
  test.each([
    ['fields of one type behind an @interfaceObject', '{ top { ... on Book { dimensions { width } } } }'],
    [
      'in a fragment, further down',
      'query { book(isbn: "111") { reviews { ...F } } } fragment F on Review { of { ... on Song { lent } } }',
    ],
    ['of the members of a union', '{ search { ... on Book { rating } } }'],
  ])('%s', async (_what, operation) => {
    const native = createHivePlanner(supergraph);
    onTestFinished(() => native?.close());
    await expect(native?.plan(requestOf(operation))).rejects.toThrow('not asked about some types');
    await expect(openPlanner('hive').plan(requestOf(operation))).resolves.toMatchObject({ kind: 'Sequence' });
  });

  test('what is asked of all types there, or of types elsewhere, is planned by the native one', async () => {
    const native = createHivePlanner(supergraph);
    onTestFinished(() => native?.close());
    for (const operation of [
      '{ works { title rating reviews { stars } } }',
      '{ articles { about { pieces { ... on Interview { questions } } } } }',
    ])
      await expect(native?.plan(requestOf(operation))).resolves.toBeDefined();
  });
});

test('a type that nobody asked for a field does not lose another field with it', async () => {
  const open = openWorld(library);
  onTestFinished(() => open.close());
  // A Book's `lent` fails in this world, and may not be null.
  const operation = {
    document: '{ book(isbn: "111") { reviews { of { language ... on Song { lent } } } } }',
    variables: {},
  };
  for (const kind of ['hive', 'apollo'] as const)
    expect((await open.answer(kind, operation, 0, 0)).data).toEqual((await open.answerMerged(operation, 0)).data);
});

test('an operation that the native planner dies of is planned by the other, and ends nothing else', async () => {
  // One field of two types with different arguments, which is nothing unusual: 0.0.38 panics ("Unexpected conflict") and aborts its process.
  const operation = '{ broken { ... on Film { fans(first: 1) { age } } ... on Song { fans(first: 0) { mood } } } }';
  const native = createPlannerProcess<HiveQuestion, string>({
    entry: new URL('../../../gateway/planning/hive-planner-process.ts', import.meta.url),
    sdl: supergraph.sdl,
    atOnce: 2,
  });
  onTestFinished(() => native.close());
  const [deadly, ...others] = [operation, '{ works { id } }', '{ reviews { id } }'].map((each) =>
    native.ask({ operation: each, operationName: undefined, activeLabels: [], percentage: 0 }, requestOf(each).signal),
  );
  await expect(deadly).rejects.toThrow("The planner's process ended: SIGABRT.");
  for (const other of others) await expect(other).resolves.toBeDefined();
  await expect(openPlanner('hive').plan(requestOf(operation))).resolves.toMatchObject({ kind: 'Sequence' });
});

test('a plan that takes too long is given up at the deadline, and the next one is planned', async () => {
  const planner = openPlanner('apollo');
  await planner.plan(requestOf('{ works { id } }'));
  // Apollo's planner never ends on this one (test/differential/stock-differences.ts).
  const endless = '{ people { favourite { ... on Song { verdict lent } title(style: PLAIN) } nick } }';
  const givenUp = planner.plan(requestOf(endless, AbortSignal.timeout(300)));
  const beside = planner.plan(requestOf('{ reviews { id } }'));
  await expect(givenUp).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(beside).resolves.toMatchObject({ kind: 'Fetch' });
});
