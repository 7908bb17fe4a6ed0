import { spawn } from 'node:child_process';
import type { Account } from './account.ts';

/**
 * The programs get no environment of ours: PGOPTIONS, PGDATA and the like of the caller's shell would change what they do.
 * Windows programs do not start without theirs.
 */
export const environment: { readonly env?: NodeJS.ProcessEnv } =
  process.platform === 'win32' ? {} : { env: { LC_MESSAGES: 'C' } };

/** How a program ended, and what it wrote to its error output. */
export interface Ending {
  readonly isGood: boolean;
  readonly output: string;
}

/**
 * Runs a program to its end, and ends it when told to. Resolves only when its children have let go of the error output too: initdb has
 * some, and none may still write when the folder is removed.
 */
export async function runProgram(
  program: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly account: Account | undefined; readonly signal: AbortSignal | undefined },
): Promise<Ending> {
  const { cwd, account, signal } = options;
  signal?.throwIfAborted();
  const child = spawn(program, words, { ...account, ...environment, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', end, { once: true });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-16_384);
  });
  const ended = Promise.withResolvers<number | null>();
  child.once('error', ended.reject);
  child.once('close', ended.resolve);
  try {
    const code = await ended.promise;
    signal?.throwIfAborted();
    return { isGood: code === 0, output };
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
