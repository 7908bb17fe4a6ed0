import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../check/source-files.ts';

/** One `oneshelf` command running as a process of its own. */
export interface OneshelfProcess {
  /** What it said, both streams. */
  output(): string;
  /** The first match of `pattern` in its output; rejects when it ends before, or at the deadline. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** Sends the signal and waits for the end; the exit code, or null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  readonly pid: number;
  /** Resolves when it has ended, to its exit code or null. */
  readonly ended: Promise<number | null>;
}

/** Starts `node oneshelf.ts …` the way a person does. */
export function runOneshelf(args: readonly string[], env: Readonly<Record<string, string>>): OneshelfProcess {
  const child = spawn(process.execPath, [join(projectRoot, 'oneshelf.ts'), ...args], {
    env: { ...process.env, NODE_ENV: 'development', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return {
    pid: child.pid ?? -1,
    ended: exited,
    output: () => output,
    waitFor: (pattern, timeoutMs = 60_000) => waitForOutput(child, () => output, pattern, timeoutMs),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return exited;
    },
  };
}

function waitForOutput(child: ChildProcess, output: () => string, pattern: RegExp, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(deadline);
      child.stdout?.off('data', look);
      child.stderr?.off('data', look);
      child.off('exit', onExit);
      settle();
    };
    const look = () => {
      const match = pattern.exec(output());
      if (match !== null) finish(() => resolve(match[1] ?? match[0]));
    };
    const fail = (what: string) => finish(() => reject(new Error(`${what} before ${pattern}:\n${output()}`)));
    const onExit = (code: number | null) => setImmediate(() => fail(`It ended with ${code}`));
    const deadline = setTimeout(() => fail(`${timeoutMs} ms passed`), timeoutMs);
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.on('exit', onExit);
    look();
  });
}
