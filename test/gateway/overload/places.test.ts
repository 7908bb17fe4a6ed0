import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPlaces, type Places } from '../../../gateway/overload/places.ts';

const classes = [
  { share: 0.5, patienceMs: 400 },
  { share: 0.25, patienceMs: 200 },
  { share: 0, patienceMs: 100 },
];

type Outcome = 'waiting' | 'running' | 'refused' | 'withdrawn' | 'left';

interface Operation {
  readonly priority: number;
  readonly deadlineMs: number;
  outcome: Outcome;
  calls: number;
  withdraw: () => void;
}

/** Drives places with a clock of its own and remembers every operation. */
function drive(limit: number) {
  let nowMs = 1_000;
  let allowed = limit;
  const operations: Operation[] = [];
  const places: Places = createPlaces({ classes, limit, now: () => nowMs });
  const withOutcome = (outcome: Outcome) => operations.filter((operation) => operation.outcome === outcome);
  const guarantee = (priority: number) => {
    const share = classes[priority]?.share ?? 0;
    return share > 0 ? Math.max(1, Math.floor(share * allowed)) : 0;
  };
  const begin = (operation: Operation): void => {
    // Seen before it counts as running: who waits above it must be owed nothing.
    const runningOf = (priority: number) => withOutcome('running').filter((each) => each.priority === priority).length;
    expect(withOutcome('running').length).toBeLessThan(allowed);
    const above = withOutcome('waiting').filter((each) => each !== operation && each.priority < operation.priority);
    if (above.length > 0) expect(runningOf(operation.priority)).toBeLessThan(guarantee(operation.priority));
    expect(operation.deadlineMs).toBeGreaterThanOrEqual(nowMs);
    operation.outcome = 'running';
    operation.calls++;
  };
  return {
    places,
    operations,
    withOutcome,
    enter(priority: number, agoMs: number) {
      const patienceMs = classes[priority]?.patienceMs ?? 0;
      const operation: Operation = {
        priority,
        deadlineMs: nowMs + patienceMs - Math.min(agoMs, patienceMs / 2),
        outcome: 'waiting',
        calls: 0,
        withdraw: () => undefined,
      };
      operations.push(operation);
      operation.withdraw = places.enter(
        priority,
        {
          start: () => begin(operation),
          refuse: () => {
            operation.outcome = 'refused';
            operation.calls++;
          },
        },
        agoMs,
      );
    },
    leave(nth: number) {
      const running = withOutcome('running');
      const operation = running[nth % Math.max(1, running.length)];
      if (operation === undefined) return;
      operation.outcome = 'left';
      places.leave(operation.priority);
    },
    withdraw(nth: number) {
      const operation = operations[nth % Math.max(1, operations.length)];
      if (operation === undefined) return;
      operation.withdraw();
      if (operation.outcome === 'waiting') operation.outcome = 'withdrawn';
    },
    pass(ms: number) {
      nowMs += ms;
      places.sweep();
      for (const { deadlineMs } of withOutcome('waiting')) expect(deadlineMs).toBeGreaterThanOrEqual(nowMs);
    },
    setLimit(next: number) {
      allowed = next;
      places.setLimit(next);
    },
    check() {
      expect(places.running).toBe(withOutcome('running').length);
      expect(places.waiting).toBe(withOutcome('waiting').length);
      // Nobody waits while there is room: no wake-up is lost.
      if (places.waiting > 0) expect(places.running).toBeGreaterThanOrEqual(allowed);
      for (const { outcome, calls } of operations) {
        if (outcome === 'waiting' || outcome === 'withdrawn') expect(calls).toBe(0);
        else expect(calls).toBe(1);
      }
    },
  };
}

describe('places', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('enter'), a: fc.nat(2), b: fc.nat(120) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('leave'), a: fc.nat(50), b: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw'), a: fc.nat(500), b: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass'), a: fc.nat(150), b: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('limit'), a: fc.nat(8), b: fc.nat() }) },
  );

  test('never more run than may, the higher class goes first, nobody is forgotten, called twice or kept past its patience', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.array(step, { maxLength: 120 }), (limit, steps) => {
        const world = drive(limit);
        for (const { kind, a, b } of steps) {
          if (kind === 'enter') world.enter(a, b);
          else if (kind === 'leave') world.leave(a);
          else if (kind === 'withdraw') world.withdraw(a);
          else if (kind === 'pass') world.pass(a);
          else world.setLimit(a);
          world.check();
        }
        // Whoever runs leaves: then nobody waits, except where nobody may run.
        for (let i = 0; i < 200 && world.withOutcome('running').length > 0; i++) world.leave(0);
        world.check();
        expect(world.places.running).toBe(0);
        if (world.places.limit > 0) expect(world.places.waiting).toBe(0);
      }),
      { numRuns: 400, verbose: 1 },
    );
  });

  test('each class waits in a queue that has an end', () => {
    const world = drive(1);
    for (let i = 0; i < 1_500; i++) world.enter(1, 0);
    expect([world.places.running, world.places.waiting]).toEqual([1, 1_000]);
    expect(world.withOutcome('refused')).toHaveLength(499);
    world.enter(0, 0);
    expect(world.places.waiting).toBe(1_001);
    world.leave(0);
    expect(world.withOutcome('running').map(({ priority }) => priority)).toEqual([0]);
  });

  test('who would wait longer than it wants to is refused at once, as soon as the pace is known', () => {
    const world = drive(1);
    for (let i = 0; i < 10; i++) world.enter(2, 0);
    // One place in 30 ms, and nine wait to go, of which each may wait for 100 ms.
    for (let i = 0; i < 2; i++) {
      world.pass(30);
      world.leave(0);
    }
    world.pass(1);
    const refusedBefore = world.withOutcome('refused').length;
    world.enter(2, 0);
    expect(world.withOutcome('refused').length).toBe(refusedBefore + 1);
    world.enter(0, 0);
    expect(world.withOutcome('refused').length).toBe(refusedBefore + 1);
  });

  test('a class below its share goes before a higher one, and the last, which has none, may starve', () => {
    const world = drive(4);
    for (let i = 0; i < 4; i++) world.enter(0, 0);
    for (const priority of [2, 1, 0, 0]) world.enter(priority, 0);
    world.leave(0);
    world.leave(0);
    world.leave(0);
    const running = world.withOutcome('running').map(({ priority }) => priority);
    expect(running.toSorted()).toEqual([0, 0, 0, 1]);
    expect(world.places.waitingOf(2)).toBe(1);
  });

  test('an operation whose class nobody asked for runs, and leaves', () => {
    const world = drive(1);
    expect(world.places.tryEnter(classes.length)).toBe(true);
    expect(world.places.tryEnter(classes.length)).toBe(false);
    world.places.leave(classes.length);
    expect(world.places.running).toBe(0);
  });
});
