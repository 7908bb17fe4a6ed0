import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDatabaseConfig } from '../db/config.ts';

/**
 * A file of the data folder that only this user may read and that the processes of one machine share: what is in it, or what `make`
 * gives when nobody has made it yet.
 */
export async function readMachineFile(name: string, make: () => Promise<string> | string): Promise<string> {
  const folder = readDatabaseConfig().dataDir;
  const path = join(folder, name);
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  await mkdir(folder, { recursive: true });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, await make(), { mode: 0o600, flag: 'wx' });
  // Linked, not renamed: of two processes that come together the second finds the first's.
  await link(fresh, path).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await unlink(fresh);
  return readFile(path, 'utf8');
}
