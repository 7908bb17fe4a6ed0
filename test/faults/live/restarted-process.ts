import { setTimeout as delay } from 'node:timers/promises';
import { type OneshelfProcess, runOneshelf } from '../../e2e/oneshelf-process.ts';

/** A command of ours under a supervisor: whatever ends it, it is started again. */
export interface RestartedProcess {
  /** Kill -9; resolves when the next one serves. */
  kill(): Promise<void>;
  /** Stops its clock for a while, as a machine does that swaps. */
  pause(ms: number): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

export interface RestartedProcessOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What it says when it serves. */
  readonly ready: RegExp;
  /** Told when it ended though nobody killed it; not while it could not start yet. */
  readonly onFault: (fault: string) => void;
  /** Done before each start, such as killing what the last one left behind. */
  readonly beforeStart?: () => Promise<void>;
}

/** A process of ours starts within 2 s on an idle machine, and took over 60 on one with ten times more work than it has cores. */
const readyWithinMs = 300_000;
const startWithinMs = 600_000;

/** Starts it and waits until it serves. */
export async function startRestarted(options: RestartedProcessOptions): Promise<RestartedProcess> {
  let isEnding = false;
  let isKilled = false;
  let running: OneshelfProcess = await start(options, () => isEnding);
  let starting: Promise<void> = Promise.resolve();

  const watch = (watched: OneshelfProcess): void => {
    void watched.ended.then((code) => {
      if (isEnding || isKilled || watched !== running) return;
      options.onFault(`${options.args.join(' ')} ended by itself with ${code}:\n${watched.output().slice(-4_000)}`);
      starting = restart();
    });
  };
  const restart = async (): Promise<void> => {
    running = await start(options, () => isEnding);
    isKilled = false;
    watch(running);
  };
  watch(running);
  return {
    async kill() {
      await starting;
      if (isEnding) return;
      isKilled = true;
      await running.stop('SIGKILL');
      starting = restart();
      await starting;
    },
    async pause(ms) {
      await starting;
      const { pid } = running;
      if (isEnding || isKilled) return;
      process.kill(pid, 'SIGSTOP');
      await delay(ms);
      if (!isKilled) process.kill(pid, 'SIGCONT');
    },
    async stop() {
      isEnding = true;
      await starting.catch(() => undefined);
      await running.stop('SIGKILL');
    },
  };
}

/** A process that cannot start yet, because what it needs was killed as well, is started again, as a supervisor does. */
async function start(options: RestartedProcessOptions, isEnding: () => boolean): Promise<OneshelfProcess> {
  for (const deadline = Date.now() + startWithinMs; ; ) {
    await options.beforeStart?.();
    const started = runOneshelf(options.args, options.env);
    try {
      await started.waitFor(options.ready, readyWithinMs);
      return started;
    } catch (error) {
      await started.stop('SIGKILL');
      if (isEnding() || Date.now() > deadline) throw error;
      await delay(100);
    }
  }
}
