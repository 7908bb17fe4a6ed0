import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of the bench. It ends when the bench does, however that ends. */
export interface Child {
  readonly pid: number;
  readonly hasEnded: boolean;
  /** Asks one question of an answering child (see answer-parent.ts). Rejects when it fails or the child ends. */
  ask<Answer>(question: unknown): Promise<Answer>;
  /** The end of what it wrote to standard error. */
  errorText(): string;
  /** Ends the process and waits for that; twice is safe. */
  close(): Promise<void>;
}

export interface ChildOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly execArgv?: readonly string[];
}

/** What a child answers with; `id` is that of the question. */
export type Reply = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: string });

const endWithParent = new URL('end-with-parent.ts', import.meta.url).href;
const keptErrorChars = 4_000;
const closeDeadlineMs = 3_000;

/** Starts a module as a process of its own, with nothing of our environment but what is given. */
export function startChild(module: string, args: readonly string[], options: ChildOptions): Child {
  const child = fork(module, args, {
    env: options.env,
    execArgv: ['--import', endWithParent, ...(options.execArgv ?? [])],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errorText = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errorText = (errorText + chunk.toString()).slice(-keptErrorChars);
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', (reply: Reply) => settle(waiting, reply));
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${module} ended (${code ?? signal}).\n${errorText}`));
    waiting.clear();
  });
  const close = () => end(child);
  options.signal.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  let lastId = 0;
  return {
    pid: child.pid ?? -1,
    get hasEnded() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    ask<Answer>(question: unknown): Promise<Answer> {
      if (child.exitCode !== null || !child.connected)
        return Promise.reject(new Error(`${module} has ended.\n${errorText}`));
      const id = ++lastId;
      const reply = Promise.withResolvers<unknown>();
      waiting.set(id, reply);
      child.send({ id, question });
      return reply.promise as Promise<Answer>;
    },
    errorText: () => errorText,
    close,
  };
}

function settle(waiting: Map<number, PromiseWithResolvers<unknown>>, reply: Reply): void {
  const asked = waiting.get(reply.id);
  waiting.delete(reply.id);
  if ('error' in reply) asked?.reject(new Error(reply.error));
  else asked?.resolve(reply.answer);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const lastResort = setTimeout(() => child.kill('SIGKILL'), closeDeadlineMs);
  await ended;
  clearTimeout(lastResort);
}
