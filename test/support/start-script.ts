import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A Node process of a test's own: started with a script and words, answering line by line. */
export interface Script {
  readonly pid: number;
  /** The next line it writes; fails when it ends first. */
  nextLine(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Waits for its end; resolves to its code or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals>;
}

/** Starts `node path …words` in a process of its own, so that it can be killed without harm to the test. */
export function startScript(
  path: string,
  words: readonly string[],
  options: { readonly uid?: number; readonly gid?: number; readonly cwd?: string } = {},
): Script {
  const child = spawn(process.execPath, [path, ...words], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ending = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return {
    pid: child.pid ?? 0,
    nextLine: async () => {
      const line = await lines.next();
      if (line.done === true) throw new Error(`${path} ended before it answered`);
      return line.value;
    },
    kill: (signal) => {
      child.kill(signal);
    },
    ended: () => ending,
  };
}
