import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExecutablePlan } from '../../../gateway/planning/executable-plan.ts';
import { createPlanCache, type PlanKey } from '../../../gateway/planning/plan-cache.ts';

const never = new AbortController().signal;

function planOf(bytes: number): ExecutablePlan {
  return {
    id: 'p',
    operationKind: 'query',
    operationName: undefined,
    coerceVariables: () => ({ values: new Map() }),
    interfaceNames: new Set(),
    access: '',
    refusals: [],
    isOfContract: false,
    subscription: undefined,
    routeFor: () => ({ root: undefined, shape: { typeName: 'Query', fields: [] }, sharedPlaces: new Set() }),
    introspect: () => new Map(),
    bytes,
  };
}

function keyOf(documentHash: string, changes: Partial<PlanKey> = {}): PlanKey {
  return { documentHash, operationName: undefined, supergraphId: 's', audience: '', overrides: '', ...changes };
}

test('the cache never holds more bytes than it may, and what it says of them is true', async () => {
  const uses = fc.array(fc.record({ hash: fc.integer({ min: 0, max: 30 }), bytes: fc.integer({ min: 1, max: 400 }) }), {
    maxLength: 80,
  });
  await fc.assert(
    fc.asyncProperty(uses, async (run) => {
      const cache = createPlanCache(2_000);
      for (const { hash, bytes } of run) {
        await cache.plan(keyOf(String(hash)), 'doc', never, async () => planOf(bytes));
        expect(cache.statistics.bytes).toBeLessThanOrEqual(2_000);
      }
      expect(cache.statistics.hits + cache.statistics.misses).toBe(run.length);
      expect(cache.statistics.plans).toBe(cache.hottest(1_000).length);
      cache.keepOnly('another');
      expect(cache.statistics).toMatchObject({ bytes: 0, plans: 0 });
    }),
  );
});

test('what is used stays while 10,000 other documents pass', async () => {
  const cache = createPlanCache(100_000);
  let made = 0;
  const make = async () => {
    made++;
    return planOf(1_000);
  };
  for (let index = 0; index < 10_000; index++) {
    await cache.plan(keyOf(`d${index}`), 'doc', never, make);
    await cache.plan(keyOf('known'), 'known', never, make);
  }
  expect(made).toBe(10_001);
  expect(cache.hottest(1)).toMatchObject([{ source: 'known', hits: 9_999 }]);
});

test.each<[string, Partial<PlanKey>]>([
  ['operation name', { operationName: 'Other' }],
  ['supergraph', { supergraphId: 'other' }],
  ['audience', { audience: 'other' }],
  ['override', { overrides: '1' }],
])('another %s is another plan', async (_name, changes) => {
  const cache = createPlanCache();
  const one = await cache.plan(keyOf('d'), 'doc', never, async () => planOf(1));
  const other = await cache.plan(keyOf('d', changes), 'doc', never, async () => planOf(1));
  expect(other).not.toBe(one);
});

test('callers at the same time share one planning, which goes on when one of them leaves and ends with the last', async () => {
  const cache = createPlanCache();
  let signal: AbortSignal | undefined;
  let made = 0;
  const make = (given: AbortSignal) => {
    made++;
    signal = given;
    return new Promise<ExecutablePlan>((_resolve, reject) =>
      given.addEventListener('abort', () => reject(given.reason)),
    );
  };
  const leaving = [new AbortController(), new AbortController()];
  const calls = leaving.map((each) => cache.plan(keyOf('d'), 'doc', each.signal, make));
  leaving[0]?.abort(new Error('left'));
  expect(signal?.aborted).toBe(false);
  leaving[1]?.abort(new Error('left'));
  expect(signal?.aborted).toBe(true);
  for (const call of calls) await expect(call).rejects.toThrow('left');
  expect(made).toBe(1);
  await expect(cache.plan(keyOf('d'), 'doc', never, async () => planOf(1))).resolves.toBeDefined();
});

test('a planning that failed is not remembered', async () => {
  const cache = createPlanCache();
  const failing = cache.plan(keyOf('d'), 'doc', never, () => Promise.reject(new Error('no plan')));
  await expect(failing).rejects.toThrow('no plan');
  await expect(cache.plan(keyOf('d'), 'doc', never, async () => planOf(1))).resolves.toBeDefined();
});

test('a plan without a source is shared by those who want it now, and not kept', async () => {
  const cache = createPlanCache();
  let made = 0;
  const make = async () => {
    made++;
    return planOf(1);
  };
  const ask = () => cache.plan(keyOf('d'), undefined, never, make);
  expect(new Set(await Promise.all([ask(), ask()])).size).toBe(1);
  await ask();
  expect(made).toBe(2);
  expect(cache.statistics).toMatchObject({ plans: 0, bytes: 0 });
});
