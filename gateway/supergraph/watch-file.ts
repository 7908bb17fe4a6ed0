import { readFile, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

export interface WatchFileOptions {
  readonly path: string;
  /** What it had in it when it was read. */
  readonly text: string;
  readonly intervalMs: number;
  readonly signal: AbortSignal;
  /** Awaited before the file is looked at again. It should not throw; what it throws ends the watch. */
  readonly onChange: (text: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/**
 * Calls back with the file's text whenever that is another one, until the signal aborts. A file that is written twice, or touched, and has in it what it
 * had, is no change: it would take back what has been pushed since. It looks instead of listening: `fs.watch`
 * loses a file that is replaced by renaming, follows no symbolic link that is switched (how Kubernetes updates a
 * ConfigMap), and is silent on network file systems; one `stat` every half second costs nothing.
 */
export async function watchFile(options: WatchFileOptions): Promise<void> {
  const { path, intervalMs, signal, onChange, onError } = options;
  let { text: known } = options;
  let seen = ''; // the first look reads: the file may have changed since it was read
  let isMissing = false;
  for (;;) {
    try {
      await wait(intervalMs, undefined, { signal, ref: false });
    } catch {
      return;
    }
    try {
      const stamp = await readStamp(path);
      isMissing = false;
      if (stamp === seen) continue;
      const text = await readFile(path, 'utf8');
      seen = stamp;
      if (signal.aborted || text === known) continue;
      known = text;
      await onChange(text);
    } catch (error) {
      if (!isMissing) onError(error); // once, not twice a second
      isMissing = true;
    }
  }
}

/** Changes with every write and with every replacement of the file, also within one second and to one size. */
async function readStamp(path: string): Promise<string> {
  const { mtimeNs, size, ino, dev } = await stat(path, { bigint: true });
  return `${mtimeNs}:${size}:${ino}:${dev}`;
}
