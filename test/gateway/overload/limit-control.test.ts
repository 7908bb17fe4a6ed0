import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLimitControl, type LimitControl, minLimit } from '../../../gateway/overload/limit-control.ts';

const targetTurnMs = 20;
const targetOperationMs = 500;

/** A process of one thread: its turns are as long as what runs makes them, and it rests when subgraphs take longer than that. */
interface Model {
  /** What one operation adds to a turn. */
  readonly stepMs: number;
  /** What refusing takes of each turn: 0 to 1. */
  readonly refusing: number;
  /** An operation waits so long for subgraphs, beside its steps. */
  readonly awayMs: number;
  readonly offered: number;
}

const steps = 4;

function runModel(control: LimitControl, { stepMs, refusing, awayMs, offered }: Model, periods: number): void {
  for (let i = 0; i < periods; i++) {
    const running = Math.min(control.limit, offered);
    const busyMs = (running * stepMs) / (1 - refusing);
    const roundMs = steps * busyMs;
    const busyShare = Math.min(1, roundMs / Math.max(roundMs, awayMs));
    const turnMs = busyShare < 1 ? stepMs : busyMs;
    control.observe({ durationMs: 25, busyShare, turnMs, peakRunning: running, isLimiting: offered > control.limit });
  }
}

describe('the limit', () => {
  test('stays at the maximum while the event loop has time, however slow a subgraph is', () => {
    const control = createLimitControl({ maxLimit: 5_000, targetTurnMs, targetOperationMs });
    runModel(control, { stepMs: 0.05, refusing: 0, awayMs: 3_000, offered: 5_000 }, 400);
    expect(control.limit).toBe(5_000);
  });

  test('settles where a turn takes what it may, whatever an operation and a refusal take', () => {
    const model = fc.record({
      stepMs: fc.double({ min: 0.02, max: 1, noNaN: true }),
      refusing: fc.double({ min: 0, max: 0.6, noNaN: true }),
    });
    fc.assert(
      fc.property(model, ({ stepMs, refusing }) => {
        const control = createLimitControl({ maxLimit: 5_000, targetTurnMs, targetOperationMs });
        runModel(control, { stepMs, refusing, awayMs: 0, offered: 20_000 }, 200);
        const fitting = (targetTurnMs * (1 - refusing)) / stepMs;
        expect(control.limit).toBeGreaterThanOrEqual(Math.min(5_000, Math.max(minLimit, 0.6 * fitting)) - 1);
        expect(control.limit).toBeLessThanOrEqual(Math.min(5_000, Math.max(minLimit, 1.6 * fitting)) + 1);
      }),
      { numRuns: 200, verbose: 1 },
    );
  });

  test('is never below its least nor above its most, whatever is measured', () => {
    const sample = fc.record({
      durationMs: fc.double({ min: 0.001, max: 5_000, noNaN: true }),
      busyShare: fc.double({ min: 0, max: 1, noNaN: true }),
      turnMs: fc.double({ min: 0, max: 5_000, noNaN: true }),
      peakRunning: fc.nat(10_000),
      isLimiting: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.nat(6_000), fc.array(sample, { maxLength: 60 }), (maxLimit, samples) => {
        const control = createLimitControl({ maxLimit, targetTurnMs, targetOperationMs });
        for (const each of samples) {
          control.observe(each);
          expect(control.limit).toBeGreaterThanOrEqual(Math.min(minLimit, maxLimit));
          expect(control.limit).toBeLessThanOrEqual(maxLimit);
        }
      }),
      { numRuns: 300, verbose: 1 },
    );
  });

  test('one long turn is no overload', () => {
    const control = createLimitControl({ maxLimit: 5_000, targetTurnMs, targetOperationMs });
    control.observe({ durationMs: 80, busyShare: 1, turnMs: 80, peakRunning: 40, isLimiting: false });
    control.observe({ durationMs: 25, busyShare: 1, turnMs: 5, peakRunning: 40, isLimiting: false });
    control.observe({ durationMs: 80, busyShare: 1, turnMs: 80, peakRunning: 40, isLimiting: false });
    expect(control.limit).toBe(5_000);
  });

  test('settles where operations take what they may, when they wait for each other below and the event loop has time', () => {
    fc.assert(
      fc.property(fc.double({ min: 60, max: 5_000, noNaN: true }), (perSecond) => {
        const control = createLimitControl({ maxLimit: 5_000, targetTurnMs, targetOperationMs });
        for (let i = 0; i < 400; i++) {
          const peakRunning = Math.min(control.limit, 20_000);
          // A database that does so many a second, in turn.
          const operationMs = (1_000 * peakRunning) / perSecond;
          control.observe({ durationMs: 25, busyShare: 0.5, turnMs: 1, operationMs, peakRunning, isLimiting: true });
        }
        const fitting = Math.min(5_000, Math.max(minLimit, (perSecond * targetOperationMs) / 1_000));
        expect(control.limit).toBeGreaterThan(0.7 * fitting);
        expect(control.limit).toBeLessThan(1.6 * fitting);
      }),
      { numRuns: 200, verbose: 1 },
    );
  });

  test('operations that are slow by themselves are let in again, however many come', () => {
    const slow = fc.double({ min: 50, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(slow, fc.integer({ min: 100, max: 5_000 }), (operationMs, offered) => {
        const control = createLimitControl({ maxLimit: 5_000, targetTurnMs, targetOperationMs });
        let amongFewMs: number | undefined;
        for (let i = 0; i < 2_000; i++) {
          const peakRunning = Math.min(control.limit, offered);
          if (peakRunning <= minLimit) amongFewMs = operationMs;
          const isLimiting = offered > control.limit;
          control.observe({
            durationMs: 500,
            busyShare: 0.2,
            turnMs: 1,
            operationMs,
            amongFewMs,
            peakRunning,
            isLimiting,
          });
        }
        expect(control.limit).toBeGreaterThanOrEqual(offered);
      }),
      { numRuns: 200, verbose: 1 },
    );
  });

  test('a crowd in the first second is let in, and what lasts is not', () => {
    const control = createLimitControl({ maxLimit: 5_000, targetTurnMs, targetOperationMs });
    const sample = { durationMs: 100, busyShare: 1, turnMs: 100, peakRunning: 120, isLimiting: true };
    for (let i = 0; i < 9; i++) control.observe(sample);
    expect(control.limit).toBe(256);
    for (let i = 0; i < 5; i++) control.observe(sample);
    expect(control.limit).toBeLessThan(80);
  });

  test('grows again once the load is over, and not while nobody needs it', () => {
    const control = createLimitControl({ maxLimit: 1_000, targetTurnMs, targetOperationMs });
    runModel(control, { stepMs: 1, refusing: 0.2, awayMs: 0, offered: 5_000 }, 100);
    const low = control.limit;
    expect(low).toBeLessThan(2 * minLimit);
    runModel(control, { stepMs: 0.02, refusing: 0, awayMs: 0, offered: 10 }, 100);
    expect(control.limit).toBe(low);
    runModel(control, { stepMs: 0.02, refusing: 0, awayMs: 0, offered: 5_000 }, 100);
    expect(control.limit).toBeGreaterThan(600);
  });
});
