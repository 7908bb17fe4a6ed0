import { setImmediate as turn } from 'node:timers/promises';

const everyMs = 10;

/** How long this thread may have worked since the last look: never more than its CPU time, which a busy machine does not add to, nor than the clock. */
function createWorkClock(): () => number {
  const read = () => {
    const { user, system } = process.threadCpuUsage();
    return { cpuMs: (user + system) / 1000, atMs: performance.now() };
  };
  let last = read();
  return () => {
    const now = read();
    const workedMs = Math.min(now.cpuMs - last.cpuMs, now.atMs - last.atMs);
    last = now;
    return workedMs;
  };
}

/** Watches how long the event loop works without a pause. Stop it when done. */
export class LoopWatch {
  readonly #worked = createWorkClock();
  #worstMs = 0;
  readonly #timer = setInterval(() => {
    this.#worstMs = Math.max(this.#worstMs, this.#worked());
  }, everyMs);

  /** The longest work between two turns of the timer since the last call: that of one turn of the loop and up to 10 ms more. */
  takeWorstMs(): number {
    const worst = this.#worstMs;
    this.#worstMs = 0;
    return worst;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

/** The longest turn of the event loop while some work runs alone. */
export async function measureWorstTurnMs(work: () => Promise<unknown>): Promise<number> {
  let isDone = false;
  let worst = 0;
  const worked = createWorkClock();
  const done = work().finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await turn();
    worst = Math.max(worst, worked());
  }
  await done;
  return worst;
}
