import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCircuitBreaker } from '../../../gateway/subgraph-client/circuit-breaker.ts';

test('a breaker never lets more than one call through while it is not closed, and always opens up again', () => {
  const steps = fc.array(fc.constantFrom('call-ok', 'call-fail', 'call-left', 'wait'), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (run) => {
      let now = 0;
      let phase = 'closed';
      const breaker = createCircuitBreaker(
        { breakerFailures: 3, breakerOpenMs: 100 },
        () => now,
        (next) => {
          phase = next;
        },
      );
      for (const step of run) {
        if (step === 'wait') {
          now += 101;
          continue;
        }
        if (!breaker.admit()) {
          expect(phase).not.toBe('closed');
          continue;
        }
        if (phase === 'half-open') expect(breaker.admit()).toBe(false);
        if (step === 'call-ok') breaker.succeeded();
        else if (step === 'call-fail') breaker.failed();
        else breaker.abandoned();
      }
      now += 101;
      expect(breaker.admit()).toBe(true);
      breaker.succeeded();
      expect(phase).toBe('closed');
    }),
  );
});
