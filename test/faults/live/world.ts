import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findServerPid } from '../../../db/embedded-postgres/postmaster-file.ts';
import { defaultSubgraphPorts } from '../../../schema/compose.ts';
import { projectRoot } from '../../check/source-files.ts';
import { runOneshelf } from '../../e2e/oneshelf-process.ts';
import { staffAuthorization } from '../../support/tokens.ts';
import { findFixedPorts } from './free-ports.ts';
import { makeSample } from './make-sample.ts';
import { type RestartedProcess, type RestartedProcessOptions, startRestarted } from './restarted-process.ts';
import type { Stock } from './writers.ts';

/** What can be killed. Both inventory processes serve, number changes and expire holds; the gateway asks one of them at a time. */
export const victims = ['gateway', 'inventory-1', 'inventory-2', 'products', 'postgres'] as const;
export type Victim = (typeof victims)[number];

/** The product in processes of its own, with a Postgres of its own, each under a supervisor. Dispose of it when done. */
export interface World extends AsyncDisposable {
  readonly graphqlUrl: string;
  /** Who everybody is: staff with every scope. */
  readonly authorization: string;
  readonly stock: Stock;
  /** Copies the database as it is now. */
  backUp(): Promise<void>;
  /** Puts the copy in the place of the database, as a person does after a disaster: what was committed since is lost. */
  restore(): Promise<void>;
  /** Kill -9, and up again. Resolves when it serves. */
  kill(victim: Victim): Promise<void>;
  /** Kill -9 of one of Postgres' own processes: it ends all connections and recovers. */
  killBackend(): Promise<void>;
  pause(victim: Exclude<Victim, 'postgres'>, ms: number): Promise<void>;
  /** Another supergraph file: the other inventory process is asked from then on. */
  reload(): Promise<void>;
  /** Statements as a superuser, tried again while Postgres is away. */
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** What ended though nobody killed it. */
  readonly faults: readonly string[];
}

const served = /(http:\/\/\S+\/graphql)/;

/** Starts everything over some shops. Some 8 s. */
export async function openWorld(shops: number): Promise<World> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'oneshelf-faults-'));
  opened.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  await chmod(folder, 0o755); // Postgres runs as somebody else when we are root
  const faults: string[] = [];
  const onFault = (fault: string): void => void faults.push(fault);
  const ports = await findFixedPorts(['gateway', 'database', 'first', 'second', 'products']);

  const databaseEnv = { DATA_DIR: join(folder, 'data'), DATABASE_PORT: String(ports.database) };
  const killServer = async (): Promise<void> => {
    const pid = await findServerPid(join(databaseEnv.DATA_DIR, 'postgres'));
    if (pid !== undefined) killIfThere(pid);
  };
  const postgres = opened.adopt(
    await startRestarted({ args: ['database'], env: databaseEnv, ready: /DATABASE_URL=\S+/, onFault }),
    async (process) => {
      await process.stop();
      await killServer();
    },
  );
  const databaseUrl = await readDatabaseUrl(databaseEnv.DATA_DIR);
  // A supergraph that is named on the command line gets no secret of the machine's.
  const secret = randomBytes(32).toString('hex');
  const env = { DATABASE_URL: databaseUrl, SUBGRAPH_SECRET: secret };
  const migration = runOneshelf(['migrate'], env);
  if ((await migration.ended) !== 0) throw new Error(`No tables:\n${migration.output()}`);
  const stock = await makeSample(databaseUrl, shops);

  // Stopped also when one of the others never starts.
  const launch = (options: Omit<RestartedProcessOptions, 'ready' | 'onFault'>): Promise<RestartedProcess> => {
    const starting = startRestarted({ ...options, ready: served, onFault });
    opened.defer(async () => (await starting.catch(() => undefined))?.stop());
    return starting;
  };
  const subgraph = (name: string, port: number | undefined): Promise<RestartedProcess> =>
    launch({ args: ['subgraph', name], env: { ...env, PORT: String(port) } });
  const file = join(folder, 'supergraph.graphql');
  const sdl = await readFile(join(projectRoot, 'schema/supergraph.graphql'), 'utf8');
  let isSecond = false;
  const writeSupergraph = async (): Promise<void> => {
    const text = sdl
      .replaceAll(`:${defaultSubgraphPorts.products}/`, `:${ports.products}/`)
      .replaceAll(`:${defaultSubgraphPorts.inventory}/`, `:${isSecond ? ports.second : ports.first}/`);
    await writeFile(`${file}.next`, text);
    await rename(`${file}.next`, file);
  };
  await writeSupergraph();
  // A change of 10,000 levels costs more than a person may ask for, and the whole world is one person.
  const rich = { GATEWAY_LIMIT_PERSON_COST: '1000000', GATEWAY_LIMIT_PERSON_COST_PER_MINUTE: '1000000000' };
  const crowd = { GATEWAY_LIMIT_PERSON_SOCKETS: '1000', GATEWAY_LIMIT_PERSON_LIST_ITEMS: '10000', ...rich };
  // A busy machine plans slowly, which is not what this is about.
  const patient = { GATEWAY_PLANNING_DEADLINE_MS: '20000', GATEWAY_WATCH_INTERVAL_MS: '100' };
  const many = { GATEWAY_LIMIT_PERSON_BODY_BYTES: '1048576', GATEWAY_LOG_LEVEL: 'warn' };
  const [products, first, second, gateway] = await Promise.all([
    subgraph('products', ports.products),
    subgraph('inventory', ports.first),
    subgraph('inventory', ports.second),
    launch({
      args: ['gateway', '--supergraph', file, '--own-callers'],
      env: {
        ...crowd,
        DATABASE_URL: databaseUrl,
        ...many,
        ...patient,
        PORT: String(ports.gateway),
        GATEWAY_SUBGRAPH_SECRET: secret,
      },
    }),
  ]);
  const all: Record<Victim, RestartedProcess> = {
    postgres,
    products,
    'inventory-1': first,
    'inventory-2': second,
    gateway,
  };
  const query: World['query'] = async (text, values = []) => {
    for (const deadline = Date.now() + 300_000; ; ) {
      const client = new pg.Client({ connectionString: databaseUrl });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (await client.query(text, [...values])).rows;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  };
  const authorization = await staffAuthorization();
  const resources = opened.move();
  return {
    graphqlUrl: `http://127.0.0.1:${ports.gateway}/graphql`,
    authorization,
    stock,
    backUp: () => copyDatabase(databaseUrl, [`create database backup template ${databaseOf(databaseUrl)}`]),
    restore: () =>
      copyDatabase(databaseUrl, [
        `drop database ${databaseOf(databaseUrl)} with (force)`,
        `alter database backup rename to ${databaseOf(databaseUrl)}`,
      ]),
    faults,
    query,
    async kill(victim) {
      if (victim === 'postgres') await killServer();
      await all[victim].kill();
    },
    async killBackend() {
      const [backend] = await query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          order by random() limit 1`,
      );
      if (backend !== undefined) killIfThere(backend.pid);
    },
    pause: (victim, ms) => all[victim].pause(ms),
    async reload() {
      isSecond = !isSecond;
      await writeSupergraph();
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** By the embedded server's own note of where it is. */
async function readDatabaseUrl(dataDir: string): Promise<string> {
  const record = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { readonly url: string };
  return record.url;
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** Runs statements on the server while nobody is in the database. */
async function copyDatabase(databaseUrl: string, statements: readonly string[]): Promise<void> {
  const elsewhere = new URL(databaseUrl);
  elsewhere.pathname = '/postgres';
  const name = databaseOf(databaseUrl);
  const client = new pg.Client({ connectionString: elsewhere.href });
  await client.connect();
  try {
    await client.query(`alter database ${name} with allow_connections false`);
    await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [name]);
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.query(`alter database ${name} with allow_connections true`);
    await client.end();
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself meanwhile
  }
}
