import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProcess, isRunning } from './process-identity.ts';

/** A process's note in a folder that it is there. */
export interface Presence {
  readonly name: string;
  leave(): Promise<void>;
}

/**
 * Notes in `folder` that this process is there, until it leaves or dies. The note's name says everything
 * (pid, start time, a random part), so it appears whole or not at all, and nobody can remove a newer one by mistake.
 */
export async function announcePresence(folder: string): Promise<Presence> {
  const self = await findProcess(process.pid);
  const name = `${process.pid}-${self?.startedAt ?? '0'}-${randomBytes(4).toString('hex')}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), '', { flag: 'wx' });
  return { name, leave: () => rm(join(folder, name), { force: true }) };
}

/** The names of those who are there and alive; the notes of the dead are removed. */
export async function listPresent(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const present: string[] = [];
  for (const name of names) {
    const [pid = '', startedAt = ''] = name.split('-');
    if (await isRunning({ pid: Number(pid), startedAt })) present.push(name);
    else await rm(join(folder, name), { force: true });
  }
  return present;
}

/**
 * Runs `work` while no other process does so for the same folder.
 *
 * Node has no lock that the kernel gives back when its holder dies, and taking over a dead holder's lock file is a known
 * race (two see it dead, the second removes the first one's new lock). So: write a note of one's own, then look.
 * Whoever sees no living note but his own holds the lock; whoever sees another withdraws and tries again.
 * Of two holders one must have written later, and would have seen the other.
 */
export async function withLock<Result>(
  folder: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    signal?.throwIfAborted();
    const note = await announcePresence(folder);
    try {
      const others = (await listPresent(folder)).filter((name) => name !== note.name);
      if (others.length === 0) return await work();
    } finally {
      await note.leave();
    }
    // Random, or two that met once would meet for ever.
    await delay(5 + Math.random() * 45, undefined, signal === undefined ? {} : { signal });
  }
}
