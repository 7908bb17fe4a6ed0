import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Account, ensureAccount, isRoot } from './account.ts';

/** Where the parts of one embedded server lie, and as whom it runs. */
export interface Place {
  /** Who uses the server: url, port and pids, for people and for the next command. */
  readonly recordFile: string;
  readonly lockFolder: string;
  readonly usersFolder: string;
  /** Holds the cluster, and a copy of the programs where one is needed. */
  readonly home: string;
  /** The database files. Exists only when they are complete. */
  readonly cluster: string;
  /** Undefined: as we are. */
  readonly account: Account | undefined;
}

/**
 * Decides where the data of `dataDir` lies and as whom the server runs.
 *
 * Normally in `dataDir/postgres`. As root the server runs as another account, and when that account may not enter the folder
 * (a checkout under /root, mode 0700) the data goes to a folder of its own under `reachableFolder`, whose path is
 * noted in `dataDir/postgres-is-elsewhere`; removing `dataDir` therefore still means starting anew. Not under /tmp: it is
 * emptied at a restart.
 */
export async function choosePlace(dataDir: string, accountName: string, reachableFolder: string): Promise<Place> {
  const folder = resolve(dataDir);
  await makeFolder(folder);
  const near = join(folder, 'postgres');
  const account = isRoot() ? ((await findOwner(near)) ?? (await ensureAccount(accountName))) : undefined;
  const home = (await canEnter(folder, account)) ? near : await findElsewhere(folder, reachableFolder);
  await makeFolder(home);
  return {
    recordFile: join(folder, 'postgres.json'),
    lockFolder: join(folder, 'postgres-lock'),
    usersFolder: join(folder, 'postgres-users'),
    home,
    cluster: join(home, 'cluster'),
    account: account === undefined ? undefined : ((await findOwner(home)) ?? account),
  };
}

/** Root takes on an ordinary user's data as that user: Postgres insists that the files belong to whom it runs as. */
async function findOwner(home: string): Promise<Account | undefined> {
  const owner = await stat(join(home, 'cluster')).catch(() => undefined);
  return owner === undefined || owner.uid === 0 ? undefined : { uid: owner.uid, gid: owner.gid };
}

async function canEnter(folder: string, account: Account | undefined): Promise<boolean> {
  if (account === undefined) return true;
  try {
    await promisify(execFile)('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

async function findElsewhere(folder: string, reachableFolder: string): Promise<string> {
  const note = join(folder, 'postgres-is-elsewhere');
  const known = await readFile(note, 'utf8').catch(() => '');
  if (known.trim() !== '') return known.trim();
  const chosen = join(reachableFolder, randomBytes(8).toString('hex'));
  await makeFolder(reachableFolder);
  await makeFolder(chosen);
  await writeFile(note, `${chosen}\n`);
  return chosen;
}

/** Others may enter (the server's account has to), whatever umask we run under; the cluster inside is closed to them. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) await chmod(folder, 0o755);
}
