import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shownError } from '../../../gateway/errors.ts';
import { createWorkLane } from '../../../gateway/planning/work-lane.ts';

const never = new AbortController().signal;

test('whatever fails and whoever leaves: never more at once than allowed, in the order they came, nobody forgotten', async () => {
  const jobs = fc.array(fc.record({ turns: fc.nat(3), fails: fc.boolean(), leavesAfter: fc.option(fc.nat(4)) }), {
    minLength: 1,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(jobs, fc.integer({ min: 1, max: 4 }), async (given, atOnce) => {
      const lane = createWorkLane(atOnce, given.length);
      const begun: number[] = [];
      let [running, most] = [0, 0];
      const turns = async (count: number) => {
        for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
      };
      const results = given.map(async ({ turns: count, fails, leavesAfter }, number) => {
        const leaving = new AbortController();
        if (leavesAfter !== null) void turns(leavesAfter).then(() => leaving.abort(new Error('left')));
        return await lane.run(leaving.signal, async () => {
          begun.push(number);
          most = Math.max(most, ++running);
          await turns(count);
          running--;
          if (fails) throw new Error('failed');
          return number;
        });
      });
      const ended = await Promise.allSettled(results);
      expect(most).toBeLessThanOrEqual(atOnce);
      expect(begun).toEqual([...begun].sort((a, b) => a - b));
      for (const [number, { status }] of ended.entries()) {
        expect(status).toBe(begun.includes(number) && !given[number]?.fails ? 'fulfilled' : 'rejected');
      }
      await turns(1);
      expect([lane.running, lane.waiting]).toEqual([0, 0]);
    }),
    { numRuns: 60 },
  );
});

test('what is too much is refused at once, and who never had a turn was not too complex', async () => {
  const lane = createWorkLane(1, 1);
  const end = Promise.withResolvers<void>();
  const first = lane.run(never, () => end.promise);
  const deadline = new AbortController();
  const second = lane.run(deadline.signal, async () => undefined);
  await expect(lane.run(never, async () => undefined)).rejects.toMatchObject({ code: 'OVERLOADED' });
  deadline.abort(shownError('QUERY_TOO_COMPLEX', 'The operation takes too long to plan.'));
  await expect(second).rejects.toMatchObject({ code: 'OVERLOADED', isShown: true });
  expect(lane.waiting).toBe(0);
  end.resolve();
  await first;
  await expect(lane.run(AbortSignal.abort(new Error('left')), async () => 1)).rejects.toThrow('left');
  await expect(lane.run(never, async () => 2)).resolves.toBe(2);
});
