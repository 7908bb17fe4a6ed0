import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';
import { runProgram } from './run-program.ts';
import { fromServerOutput } from './start-error.ts';

/** The superuser of the embedded server. It can be reached from this machine only, with a random password. */
export const superuser = 'oneshelf';

const passwordFileName = 'oneshelf-password';

/**
 * Makes the database files when there are none, and returns the superuser's password.
 *
 * They are made under another name and renamed when complete. A kill in between leaves a `cluster.…` folder that is
 * never used and that the next start removes.
 */
export async function ensureCluster(
  binaries: Binaries,
  place: Place,
  signal: AbortSignal | undefined,
): Promise<{ readonly password: string }> {
  await removeUnfinished(place.cluster);
  if ((await stat(place.cluster).catch(() => undefined)) === undefined) await createCluster(binaries, place, signal);
  return { password: await readPassword(place) };
}

/** The superuser's password; the file is readable by the server's account and root only. */
export async function readPassword(place: Place): Promise<string> {
  return (await readFile(join(place.cluster, passwordFileName), 'utf8')).trim();
}

async function createCluster(binaries: Binaries, place: Place, signal: AbortSignal | undefined): Promise<void> {
  const unfinished = await mkdtemp(`${place.cluster}.`);
  try {
    const folder = join(unfinished, 'cluster');
    await giveTo(place.account, unfinished);
    await mkdir(folder, { mode: 0o700 });
    await giveTo(place.account, folder);
    const passwordFile = join(unfinished, passwordFileName);
    await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    await giveTo(place.account, passwordFile);
    await initialise(binaries, folder, passwordFile, place.account, signal);
    await rename(passwordFile, join(folder, passwordFileName));
    await rename(folder, place.cluster);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Texts sort and compare the same on every machine and after every upgrade of its C library: Postgres' own C.UTF-8 decides
 * (code points; upper and lower case by Unicode). pg_trgm however asks the C library what a letter is, and in the locale C
 * sees none in "ä": so that one category is UTF-8, under the name this machine has for it.
 */
const letterLocales = ['C.UTF-8', 'en_US.UTF-8', 'C'] as const;

async function initialise(
  binaries: Binaries,
  folder: string,
  passwordFile: string,
  account: Account | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  let output = '';
  for (const letters of letterLocales) {
    const words = [
      ...[`--pgdata=${folder}`, `--username=${superuser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', `--lc-ctype=${letters}`],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--set=timezone=UTC', '--set=log_timezone=UTC'],
    ];
    const ending = await runProgram(binaries.initdb, words, { cwd: folder, account, signal });
    if (ending.isGood) return;
    output = ending.output;
    if (!/invalid locale name/.test(output)) break;
  }
  throw fromServerOutput('initdb', output, folder);
}

async function removeUnfinished(cluster: string): Promise<void> {
  const names = await readdir(dirname(cluster)).catch(() => []);
  for (const name of names.filter((name) => name.startsWith(`${basename(cluster)}.`))) {
    // An initdb that outlived its killed parent may still write there: what cannot be removed now goes the next time.
    await rm(join(dirname(cluster), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function giveTo(account: Account | undefined, path: string): Promise<void> {
  await chmod(path, (await stat(path)).isDirectory() ? 0o700 : 0o600);
  if (account !== undefined) await chown(path, account.uid, account.gid);
}
