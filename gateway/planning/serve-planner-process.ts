import type { PlannerAnswer, PlannerQuestion } from './planner-process.ts';

/** The other side of planner-process.ts: is sent the supergraph first, then questions. The process ends with its parent, and with nothing else. */
export function servePlanner<Question, Plan>(
  open: (sdl: string) => (question: Question) => Plan | Promise<Plan>,
): void {
  let plan: ((question: Question) => Plan | Promise<Plan>) | undefined;
  let reason = 'no supergraph';
  // A terminal sends them to all processes; the gateway still answers then, and ends this one when it is done.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  process.on('message', (message: string | PlannerQuestion<Question>) => {
    if (typeof message === 'string') {
      try {
        plan = open(message);
      } catch (error) {
        reason = textOf(error);
      }
      process.send?.({ isReady: true } satisfies PlannerAnswer<Plan>);
    } else void answer(message);
  });

  async function answer({ id, question }: PlannerQuestion<Question>): Promise<void> {
    try {
      if (plan === undefined) throw new Error(reason);
      process.send?.({ id, plan: await plan(question) } satisfies PlannerAnswer<Plan>);
    } catch (error) {
      process.send?.({ id, failure: textOf(error) } satisfies PlannerAnswer<Plan>);
    }
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
