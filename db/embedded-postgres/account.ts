import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DatabaseStartError } from './start-error.ts';

const run = promisify(execFile);

/** The user and group a Postgres program runs as; undefined means: as we are. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Are we root? Postgres refuses to run as root (a server that anybody can reach must not own the machine). */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account to run the server as when we are root: `name` where it exists, else it is made, as the packages of Linux
 * distributions do. Not `nobody`: other programs run as nobody, and could read the data.
 */
export async function ensureAccount(name: string): Promise<Account> {
  const known = (await findAccount(name)) ?? (await findAccount(`_${name}`)); // macOS brings _postgres
  if (known !== undefined) return known;
  const failures = await createAccount(name);
  const created = await findAccount(name);
  if (created !== undefined) return created;
  throw new DatabaseStartError(
    'NO_ACCOUNT',
    `Postgres does not run as root, and the account "${name}" could not be made. Make it, start as an ordinary user, or set DATABASE_URL.\n${failures.join('\n')}`,
  );
}

async function findAccount(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createAccount(name: string): Promise<readonly string[]> {
  const ways: readonly (readonly [string, ...string[]])[] = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--home-dir', '/', '--shell', '/bin/false', name],
    ['adduser', '-S', '-D', '-H', '-h', '/', '-s', '/bin/false', name], // BusyBox
  ];
  const failures: string[] = [];
  for (const [program, ...words] of ways) {
    try {
      await run(program, words);
      return [];
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  return failures;
}
