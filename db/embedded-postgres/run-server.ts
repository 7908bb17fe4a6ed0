import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { findFreePort } from './free-port.ts';
import type { Place } from './place.ts';
import { readPostmasterFile, removeMisleadingFile } from './postmaster-file.ts';
import { environment } from './run-program.ts';
import { DatabaseStartError, fromServerOutput, lastLines } from './start-error.ts';
import { stopServer } from './stop-server.ts';

/** A server that this process started. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** Lets it run on when this process ends. */
  letGo(): void;
}

export interface RunServerOptions {
  readonly port: number | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal | undefined;
}

/** For a small machine; everything else as Postgres has it. Durability is the default: a commit that was answered is on disk. */
const defaultSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // TCP only: a socket file's path may hold 107 bytes, and a data folder's path is often longer.
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  // Compiling a query takes longer than our queries do.
  jit: 'off',
  // A client that is gone must not keep a statement and its locks.
  client_connection_check_interval: '2s',
  // The change feed's rows come in unnumbered and are rewritten at once: the dead ones are to go within seconds, not minutes.
  autovacuum_naptime: '15s',
  // A statement's text holds people's names and addresses; an error's own text goes to the client.
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** Recovery after a kill reads back at most 1 GB of log (max_wal_size): seconds, on a slow disk a minute. */
const startTimeoutMs = 180_000;
/** Children of a killed server notice within milliseconds, or at the end of what they compute. */
const leftoverTimeoutMs = 20_000;

/** Starts the server and waits until it takes connections. A port taken in the meantime is replaced by a free one. */
export async function runServer(binaries: Binaries, place: Place, options: RunServerOptions): Promise<RunningServer> {
  await removeMisleadingFile(place.cluster);
  const leftoverDeadline = Date.now() + leftoverTimeoutMs;
  for (let portsTried = 0; ; ) {
    const port = await findFreePort(portsTried === 0 ? options.port : undefined);
    const attempt = await startOnce(binaries, place, port, options);
    if (attempt.kind === 'ready') return attempt.server;
    const isPortTaken = /could not bind|could not create any TCP\/IP sockets/.test(attempt.output);
    const hasLeftovers = /pre-existing shared memory block/.test(attempt.output);
    if (isPortTaken && portsTried < 10) portsTried += 1;
    else if (hasLeftovers && Date.now() < leftoverDeadline) await delay(200, undefined, signalOption(options.signal));
    else throw fromServerOutput('postgres', attempt.output, place.cluster);
  }
}

type Attempt =
  | { readonly kind: 'ready'; readonly server: RunningServer }
  | { readonly kind: 'ended'; readonly output: string };

async function startOnce(binaries: Binaries, place: Place, port: number, options: RunServerOptions): Promise<Attempt> {
  const settings = Object.entries({ ...defaultSettings, ...options.settings });
  const words = [
    '-D',
    place.cluster,
    '-p',
    String(port),
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const child = spawn(binaries.postgres, words, {
    ...place.account,
    ...environment,
    cwd: place.cluster,
    // A session of its own: Ctrl-C in the terminal must not stop the database under an orderly shutdown.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ending = watchEnding(child);
  const output = keepOutput(child, options.log);
  const deadline = Date.now() + startTimeoutMs;
  try {
    for (;;) {
      if (ending.reason !== undefined) return { kind: 'ended', output: output.read() || ending.reason };
      const file = await readPostmasterFile(place.cluster);
      if (child.pid !== undefined && file?.pid === child.pid && file.isReady) {
        return { kind: 'ready', server: toRunningServer(child, child.pid, port) };
      }
      if (Date.now() > deadline)
        throw new DatabaseStartError('TIMED_OUT', `postgres is not ready: ${lastLines(output.read())}`);
      await delay(20, undefined, signalOption(options.signal));
    }
  } catch (error) {
    if (child.pid !== undefined) await stopServer(child.pid);
    throw error;
  }
}

function toRunningServer(child: ChildProcess, pid: number, port: number): RunningServer {
  const letGo = () => {
    child.unref();
    child.stderr?.destroy(); // Postgres ignores the broken pipe
  };
  return { pid, port, letGo };
}

function watchEnding(child: ChildProcess): { readonly reason: string | undefined } {
  const ending: { reason: string | undefined } = { reason: undefined };
  child.once('error', (error) => {
    ending.reason = error.message;
  });
  // 'close', not 'exit': only then everything it wrote has been read.
  child.once('close', (code, signal) => {
    ending.reason ??= `postgres ended with ${signal ?? `code ${code}`}`;
  });
  return ending;
}

/** Passes lines on and keeps the last 16 KB for an error's text. */
function keepOutput(child: ChildProcess, log: (line: string) => void): { read(): string } {
  let kept = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    kept = (kept + text).slice(-16_384);
    for (const line of text.split('\n')) if (line !== '') log(line);
  });
  return { read: () => kept };
}

function signalOption(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
