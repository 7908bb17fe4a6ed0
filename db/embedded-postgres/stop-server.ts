import { setTimeout as delay } from 'node:timers/promises';
import { findProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

/**
 * How a server is asked to end, more and more firmly. SIGINT (Postgres' "fast"): sessions end, everything is written, normally 0.1 s.
 * SIGQUIT ("immediate"): no writing, recovery at the next start. SIGKILL for one that hangs.
 */
const steps = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const;

/** Ends the server with this pid, ours or an orphan proven to be ours, and waits until it is gone. */
export async function stopServer(pid: number): Promise<void> {
  const server = await findProcess(pid);
  if (server === undefined) return;
  for (const { signal, waitMs } of steps) {
    try {
      process.kill(pid, signal);
      // One that was stopped (SIGSTOP) hears nothing until it goes on.
      if (process.platform !== 'win32') process.kill(pid, 'SIGCONT');
    } catch {
      return; // gone
    }
    if (await waitForEnd(server, waitMs)) return;
  }
  throw new Error(`Postgres (pid ${pid}) does not end`);
}

async function waitForEnd(server: ProcessIdentity, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs;
  while (await isRunning(server)) {
    if (Date.now() > deadline) return false;
    await delay(10);
  }
  return true;
}
