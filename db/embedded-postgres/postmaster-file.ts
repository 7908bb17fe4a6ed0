import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findProcess, isPidTaken, readCommandLine } from './process-identity.ts';

/** What Postgres writes about itself into its data folder (postmaster.pid) while it runs, and leaves there when killed. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** Reads postmaster.pid; undefined when there is none or it is only half written. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(fileIn(cluster), 'utf8').catch(() => '');
  // 1 pid · 2 data folder · 3 start time · 4 port · 5 socket folder · 6 listen address · 7 shared memory · 8 state
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined;
  return { pid, port: Number(lines[3] ?? 0), isReady: lines[7] === 'ready' };
}

/**
 * The pid of the server that runs on this data folder, or undefined. Proven by its command line, which names the folder:
 * that holds for a server that hangs too, and never for a stranger that was given the same pid.
 */
export async function findServerPid(cluster: string): Promise<number | undefined> {
  const file = await readPostmasterFile(cluster);
  if (file === undefined || (await findProcess(file.pid)) === undefined) return undefined;
  return (await readCommandLine(file.pid)).includes(cluster) ? file.pid : undefined;
}

/**
 * After a restart of the machine the pid in a left-over file often belongs to some other process; and a killed server stays
 * a zombie where nobody collects the dead (a container whose first process is not an init). Postgres only asks
 * whether the pid exists, and would refuse to start for ever. Such a file is removed. A killed server's children are found
 * without it too, by the shared memory they hold.
 */
export async function removeMisleadingFile(cluster: string): Promise<void> {
  const file = await readPostmasterFile(cluster);
  if (file === undefined || !isPidTaken(file.pid)) return;
  if ((await findServerPid(cluster)) === undefined) await rm(fileIn(cluster), { force: true });
}

function fileIn(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
