import { describe, expect, onTestFinished, test } from 'vitest';
import { noOverrides } from '../../../gateway/planning/choose-overrides.ts';
import { createPlanner } from '../../../gateway/planning/create-planner.ts';
import { createHivePlanner } from '../../../gateway/planning/hive-planner.ts';
import type { Planner, PlannerKind } from '../../../gateway/planning/planner.ts';
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

test('what the native planner cannot plan is planned by the other', async () => {
  const operation = '{ top { ... on Book { dimensions { width } } } }';
  const native = createHivePlanner(supergraph);
  onTestFinished(() => native?.close());
  await expect(native?.plan(requestOf(operation))).rejects.toThrow();
  await expect(openPlanner('hive').plan(requestOf(operation))).resolves.toMatchObject({ kind: 'Sequence' });
});

test('an operation that the native planner dies of is planned by the other, and ends nothing else', async () => {
  // One field of two types with different arguments, which is nothing unusual: 0.0.38 panics ("Unexpected conflict") and aborts its process.
  const operation = '{ broken { ... on Film { fans(first: 1) { age } } ... on Song { fans(first: 0) { mood } } } }';
  const native = createHivePlanner(supergraph);
  onTestFinished(() => native?.close());
  const [deadly, ...others] = [operation, '{ works { id } }', '{ reviews { id } }'].map((each) =>
    native?.plan(requestOf(each)),
  );
  await expect(deadly).rejects.toMatchObject({ cause: { message: "The planner's process ended: SIGABRT." } });
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
