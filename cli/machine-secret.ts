import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDatabaseConfig } from '../db/config.ts';
import { readCommandConfig } from './config.ts';

/**
 * A secret that the processes of one machine share: what the environment says, else a file of the data folder that only this user may
 * read, made by whoever comes first. In production there is no file: a secret that was not given would be a different one on each machine.
 * @throws Error that names the variable to set
 */
export async function readMachineSecret(
  name: 'subgraph-secret' | 'credential-key',
  given: string | undefined,
  variable: string,
): Promise<string> {
  if (given !== undefined) return given;
  if (readCommandConfig().isProduction) throw new Error(`Set ${variable}: in production no secret is made up.`);
  const folder = readDatabaseConfig().dataDir;
  const path = join(folder, name);
  const known = await readFile(path, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  await mkdir(folder, { recursive: true });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  // Linked, not renamed: of two processes that come together the second finds the first's.
  await link(fresh, path).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await unlink(fresh);
  return readFile(path, 'utf8');
}
