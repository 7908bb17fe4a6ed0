import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Which process a pid means. Process ids are used again, after a restart of the machine often the very same ones,
 * so a pid in a file proves nothing alone. On Linux the start time makes it unique; elsewhere it is '0' and the pid has to do.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

/** Who this pid is now, or undefined when there is no such process. A zombie, which nobody has collected yet, counts as gone. */
export async function findProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (!isPidTaken(pid)) return undefined;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return isPidTaken(pid) ? { pid, startedAt: '0' } : undefined;
  // The second field is the program's name in brackets and may hold spaces: count from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { pid, startedAt: fields[19] ?? '0' };
}

/** Is it still the same process? */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const now = await findProcess(identity.pid);
  return now !== undefined && now.startedAt === identity.startedAt;
}

/** The words a process was started with; empty when they cannot be read. Works for a process that is stopped or hangs. */
export async function readCommandLine(pid: number): Promise<readonly string[]> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (fromProc !== undefined) return fromProc.split('\0').filter((word) => word !== '');
  if (process.platform === 'win32') return [];
  const listed = await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).catch(() => undefined);
  return listed === undefined ? [] : listed.stdout.trim().split(' ');
}

/** Is there any process with this pid: running, stopped or a zombie, ours or not? */
export function isPidTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
