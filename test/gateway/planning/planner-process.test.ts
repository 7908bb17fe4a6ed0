import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createPlannerProcess, type PlannerProcess } from '../../../gateway/planning/planner-process.ts';

const never = new AbortController().signal;
const faulty = new URL('./faulty-planner-process.ts', import.meta.url);

function openPlanner(atOnce: number, entry = faulty): PlannerProcess<string, string> {
  const planner = createPlannerProcess<string, string>({ entry, sdl: 'S', atOnce });
  onTestFinished(() => planner.close());
  return planner;
}

async function outcomeOf(answer: Promise<string>): Promise<string> {
  return answer.catch((error: Error) => error.message);
}

test('the question that a process dies of is refused, and every other is answered, whatever was in its hands', async () => {
  const kind = fc.constantFrom('fine', 'fine', 'fine', 'DIE', 'REFUSE');
  await fc.assert(
    fc.asyncProperty(
      fc.array(kind, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 3 }),
      async (kinds, atOnce) => {
        const planner = openPlanner(atOnce);
        const asked = kinds.map((each, number) => ({ each, question: `${each} ${number}` }));
        const outcomes = await Promise.all(asked.map(({ question }) => outcomeOf(planner.ask(question, never))));
        for (const [index, { each, question }] of asked.entries()) {
          if (each === 'fine') expect(outcomes[index]).toBe(`${question} on S`);
          else expect(outcomes[index]).toMatch(each === 'DIE' ? /ended: SIGABRT/ : /^not on S$/);
        }
        await planner.close();
      },
    ),
    { numRuns: 6, verbose: 1 },
  );
});

test('a question that holds the process is given up at its deadline; the others go to the next process', async () => {
  const planner = openPlanner(2);
  await planner.warmUp();
  const holding = planner.ask('HANG', AbortSignal.timeout(400));
  const behind = ['a', 'b', 'c'].map((question) => planner.ask(question, never));
  await expect(holding).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(await Promise.all(behind)).toEqual(['a on S', 'b on S', 'c on S']);
});

test('who leaves early does not cost the others their process, unless it never ends', async () => {
  const planner = openPlanner(1);
  await planner.warmUp();
  const left = new AbortController();
  const leaving = ['SLOW', 'HANG', 'waiting'].map((question) => planner.ask(question, left.signal));
  left.abort(new Error('left'));
  for (const each of leaving) await expect(each).rejects.toThrow('left');
  expect(await planner.ask('next', never)).toBe('next on S');
  const other = new AbortController();
  const endless = planner.ask('HANG', other.signal);
  other.abort(new Error('left'));
  await expect(endless).rejects.toThrow('left');
  expect(await planner.ask('next', never)).toBe('next on S');
});

test('a process that cannot start refuses, one question after the other', async () => {
  const planner = openPlanner(2, new URL('./no-such-file.ts', import.meta.url));
  await planner.warmUp();
  const outcomes = await Promise.all(['a', 'b', 'c'].map((question) => outcomeOf(planner.ask(question, never))));
  for (const outcome of outcomes) expect(outcome).toMatch(/process ended: 1/);
});

test('closing refuses what is under way; a closed one is asked in vain', async () => {
  const planner = openPlanner(1);
  const asked = outcomeOf(planner.ask('HANG', never));
  await planner.close();
  await planner.close();
  expect(await asked).toMatch(/closed/);
  expect(await outcomeOf(planner.ask('a', never))).toMatch(/closed/);
  await planner.warmUp();
});
