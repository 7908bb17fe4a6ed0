import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findPackageFolder } from '../../../db/embedded-postgres/binaries.ts';
import { findProcess } from '../../../db/embedded-postgres/process-identity.ts';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../../db/embedded-postgres.ts';
import { type Script, startScript } from '../../support/start-script.ts';
import { waitUntil } from '../../support/wait-until.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const useServer = fileURLToPath(new URL('./use-server.ts', import.meta.url));

let madeData: string;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oneshelf-test-'));
  await chmod(folder, 0o755);
  madeData = join(folder, '.data');
  await (await startEmbeddedPostgres({ dataDir: madeData, settings: { fsync: 'off' } })).close();
  return () => rm(folder, { recursive: true, force: true });
});

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function makeFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oneshelf-test-'));
  await chmod(folder, mode);
  cleanups.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A data folder with a cluster in it that was stopped in order; for what does not depend on who made it, which takes seconds. */
async function makeData(): Promise<string> {
  const dataDir = join(await makeFolder(), '.data');
  await run('cp', ['-a', madeData, dataDir]);
  return dataDir;
}

async function start(dataDir: string, options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' }, ...options });
  cleanups.push(() => server.close());
  return server;
}

interface UsedServer {
  readonly script: Script;
  readonly url: string;
  readonly pid: number;
  readonly isOwner: boolean;
}

/** A process of its own that uses the server. */
async function startUser(dataDir: string): Promise<UsedServer> {
  const script = startScript(useServer, [dataDir]);
  cleanups.push(async () => {
    script.kill('SIGKILL');
    await script.ended();
  });
  return { script, ...JSON.parse(await script.nextLine()) };
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function expectNoServer(dataDir: string): Promise<void> {
  const { stdout } = await run('ps', ['-ww', '-eo', 'args']);
  expect(stdout.split('\n').filter((line) => line.includes(dataDir))).toEqual([]);
}

describe('starting and stopping', () => {
  test('answers, keeps its data, and leaves no process behind', async () => {
    const dataDir = join(await makeFolder(), '.data');
    const first = await start(dataDir);
    await query(first.url, 'create table kept as select 42 as answer');
    await first.close();
    await first.close();
    await expectNoServer(dataDir);

    const second = await start(dataDir);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(await query(second.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(second.url, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  });

  test('keeps its password to itself, and asks for it', async () => {
    const dataDir = await makeData();
    const server = await start(dataDir);
    const files = [join(dataDir, 'postgres.json'), join(dataDir, 'postgres', 'cluster', 'oneshelf-password')];
    for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  test('knows a letter when it sees one', async () => {
    const server = await start(join(await makeFolder(), '.data'));
    const sql = `create extension pg_trgm; select lower('KÄSE') as lower, similarity('käse', 'kse') < 1 as differs`;
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const results = (await client.query(sql)) as unknown as pg.QueryResult[];
    await client.end();
    expect(results[1]?.rows).toEqual([{ lower: 'käse', differs: true }]);
  });

  test.each([20, 400, 900])('can be given up %i ms after it began to start', async (ms) => {
    const dataDir = join(await makeFolder(), '.data');
    const starting = start(dataDir, { signal: AbortSignal.timeout(ms) });
    const isStarted = await starting.then(
      () => true,
      () => false,
    );
    if (isStarted) return; // a fast machine
    await expectNoServer(dataDir);
    await start(dataDir);
  });
});

describe('start-up survives', () => {
  test('its port taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    cleanups.push(async () => blocker.close());
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const server = await start(await makeData(), { port });
    expect(new URL(server.url).port).not.toBe(String(port));
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a server killed with -9, with a session still computing', async () => {
    const dataDir = await makeData();
    const server = await start(dataDir);
    await query(server.url, 'create table kept as select 1 as row');
    const busy = query(server.url, 'select count(*) from generate_series(1, 3000000)').catch(() => undefined);
    await waitUntil('the session computes', async () => {
      const rows = await query(server.url, `select from pg_stat_activity where query like 'select count(*)%'`);
      return rows.length > 0;
    });
    process.kill(server.pid, 'SIGKILL');
    const again = await start(dataDir);
    expect(await query(again.url, 'select row from kept')).toEqual([{ row: 1 }]);
    expect(new URL(again.url).port).toBe(new URL(server.url).port);
    await busy;
  });

  test('its owner killed with -9 while the server runs on', async () => {
    const dataDir = await makeData();
    const owner = await startUser(dataDir);
    expect(owner.isOwner).toBe(true);
    owner.script.kill('SIGKILL');
    await owner.script.ended();
    expect(await query(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);

    const server = await start(dataDir);
    expect(server.isOwner).toBe(true);
    expect(await findProcess(owner.pid)).toBeUndefined();
    await server.close();
    await expectNoServer(dataDir);
  });

  test('its owner killed with -9, and then the server too', async () => {
    const dataDir = await makeData();
    const owner = await startUser(dataDir);
    owner.script.kill('SIGKILL');
    await owner.script.ended();
    process.kill(owner.pid, 'SIGKILL');
    const server = await start(dataDir);
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('an orphan that was paused', async () => {
    const dataDir = await makeData();
    const owner = await startUser(dataDir);
    owner.script.kill('SIGKILL');
    await owner.script.ended();
    process.kill(owner.pid, 'SIGSTOP');
    const server = await start(dataDir);
    expect(await findProcess(owner.pid)).toBeUndefined();
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a left-over postmaster.pid whose number another process has now', async () => {
    const dataDir = await makeData();
    const server = await start(dataDir);
    await server.close();
    const bystander = startScript('-e', ['setInterval(() => {}, 1000); console.log("here")']);
    cleanups.push(async () => {
      bystander.kill('SIGKILL');
      await bystander.ended();
    });
    await bystander.nextLine();
    const cluster = join(dataDir, 'postgres', 'cluster');
    await writeFile(
      join(cluster, 'postmaster.pid'),
      `${bystander.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`,
    );
    await start(dataDir);
    expect(await findProcess(bystander.pid)).toBeDefined();
  });

  test('missing library links', async () => {
    const packageFolder = await copyPackage(await makeFolder());
    await unlink(join(packageFolder, 'native', 'lib', 'libicudata.so.60'));
    await unlink(join(packageFolder, 'native', 'lib', 'libpq.so.5'));
    const server = await start(join(await makeFolder(), '.data'), { packageFolder });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await readdir(join(packageFolder, 'native', 'lib'))).toContain('libicudata.so.60');
  });

  test('an initdb that was cut short', async () => {
    const dataDir = join(await makeFolder(), '.data');
    const command = startScript(useServer, [dataDir]);
    await waitUntil('initdb writes', async () => {
      const home = join(dataDir, 'postgres');
      const names = await readdir(home).catch(() => []);
      return names.some((name) => name.startsWith('cluster.'));
    });
    command.kill('SIGKILL');
    await command.ended();
    const server = await start(dataDir);
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(['cluster']);
  });

  test('a package that does not run here, with an error that says so', async () => {
    const packageFolder = await copyPackage(await makeFolder());
    await writeFile(join(packageFolder, 'native', 'bin', 'postgres'), 'not a program');
    await expect(start(join(await makeFolder(), '.data'), { packageFolder })).rejects.toMatchObject({
      problem: 'BINARIES_UNUSABLE',
    });
  });

  test('data of another major version, with an error that says so', async () => {
    const dataDir = await makeData();
    await (await start(dataDir)).close();
    await writeFile(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'), '14\n');
    await expect(start(dataDir)).rejects.toMatchObject({ problem: 'WRONG_VERSION' });
    await expectNoServer(dataDir);
  });
});

describe('several commands at once', () => {
  test('one server for all of them, stopped by the last one out', async () => {
    const dataDir = join(await makeFolder(), '.data');
    const users = await Promise.all([1, 2, 3, 4].map(() => startUser(dataDir)));
    expect(new Set(users.map((user) => user.pid)).size).toBe(1);
    expect(users.filter((user) => user.isOwner)).toHaveLength(1);

    // The one that started it goes first: the others are not disturbed.
    const [owner, ...others] = users.sort((a, b) => Number(b.isOwner) - Number(a.isOwner));
    owner?.script.kill('SIGTERM');
    expect(await owner?.script.ended()).toBe(0);
    for (const other of others) {
      expect(await query(other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      other.script.kill('SIGTERM');
      expect(await other.script.ended()).toBe(0);
    }
    await expectNoServer(dataDir);
  });

  test('a killed owner does not take the server from those who are left', async () => {
    const dataDir = await makeData();
    const owner = await startUser(dataDir);
    const other = await startUser(dataDir);
    owner.script.kill('SIGKILL');
    await owner.script.ended();
    const joined = await start(dataDir);
    expect(joined).toMatchObject({ isOwner: false, pid: other.pid });
    other.script.kill('SIGTERM');
    await other.script.ended();
    expect(await query(joined.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await joined.close();
    await expectNoServer(dataDir);
  });
});

describe.runIf(isRoot)('as root', () => {
  test('the server runs as another account, which is made when missing', async () => {
    const accountName = 'oneshelf-test';
    cleanups.push(() => run('userdel', [accountName]).catch(() => undefined));
    const server = await start(join(await makeFolder(), '.data'), { accountName });
    const { stdout: uid } = await run('id', ['-u', accountName]);
    expect((await stat(`/proc/${server.pid}`)).uid).toBe(Number(uid));
    await server.close();
  });

  test('a checkout that the account may not enter', async () => {
    const closed = await makeFolder(0o700);
    const packageFolder = await copyPackage(closed);
    const reachableFolder = join(await makeFolder(), 'reachable');
    const dataDir = join(closed, '.data');
    const first = await start(dataDir, { packageFolder, reachableFolder });
    await query(first.url, 'create table kept as select 7 as row');
    await first.close();
    const second = await start(dataDir, { packageFolder, reachableFolder });
    expect(await query(second.url, 'select row from kept')).toEqual([{ row: 7 }]);
    await second.close();

    // Whoever removes the data folder starts anew.
    await rm(dataDir, { recursive: true });
    const third = await start(dataDir, { packageFolder, reachableFolder });
    await expect(query(third.url, 'select row from kept')).rejects.toThrow(/does not exist/);
  });

  test('an ordinary user can start it, and root takes the same data on', async () => {
    const { stdout: uid } = await run('id', ['-u', 'nobody']);
    const { stdout: gid } = await run('id', ['-g', 'nobody']);
    const dataDir = join(await makeFolder(0o777), '.data');
    const script = startScript(useServer, [dataDir], { uid: Number(uid), gid: Number(gid), cwd: '/' });
    const user = JSON.parse(await script.nextLine());
    expect((await stat(`/proc/${user.pid}`)).uid).toBe(Number(uid));
    await query(user.url, 'create table kept as select 3 as row');
    script.kill('SIGTERM');
    expect(await script.ended()).toBe(0);
    const server = await start(dataDir);
    expect(await query(server.url, 'select row from kept')).toEqual([{ row: 3 }]);
  });

  test('a full data folder, while it is made and while it starts', async ({ skip }) => {
    const dataDir = await makeFolder();
    const mounted = await mountSmall(dataDir, '20m');
    if (!mounted) skip('mounting is not allowed here');
    await expect(start(dataDir)).rejects.toMatchObject({ problem: 'DATA_FOLDER_FULL' });
    await expectNoServer(dataDir);

    await run('mount', ['-o', 'remount,size=120m', dataDir]);
    await (await start(dataDir)).close();
    await run('sh', ['-c', `dd if=/dev/zero of=${dataDir}/filler bs=64k 2>/dev/null || true`]);
    await expect(start(dataDir)).rejects.toMatchObject({ problem: 'DATA_FOLDER_FULL' });
    await expectNoServer(dataDir);
  });
});

test.skipIf(isRoot)('a folder that may not be written to, with an error that says so', async () => {
  const closed = await makeFolder(0o555);
  await expect(start(join(closed, '.data'))).rejects.toMatchObject({ problem: 'DATA_FOLDER_REFUSED' });
});

/** A second copy of the platform's package, with hard links: 60 MB are not copied. */
async function copyPackage(folder: string): Promise<string> {
  const target = join(folder, 'package');
  await mkdir(target);
  const source = join(findPackageFolder(), 'native');
  await run('cp', ['-a', '--link', source, join(target, 'native')]).catch(() =>
    cp(source, join(target, 'native'), { recursive: true, verbatimSymlinks: true }),
  );
  // A hard link shares its file: the one that tests write to must be a copy.
  const program = join(target, 'native', 'bin', 'postgres');
  const bytes = await readFile(program);
  await unlink(program);
  await writeFile(program, bytes, { mode: 0o755 });
  return target;
}

async function mountSmall(folder: string, size: string): Promise<boolean> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder]);
    cleanups.push(() => run('umount', [folder]));
    return true;
  } catch {
    return false;
  }
}
