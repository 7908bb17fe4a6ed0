import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectAs } from '../../../db/connect.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../db/embedded-postgres.ts';
import { migrate } from '../../../db/migrate.ts';
import { createCallSigner } from '../../../gateway/subgraph-client/sign-call.ts';
import { callerHeader, stateCaller } from '../../../subgraphs/shared/caller.ts';
import { signatureHeader } from '../../../subgraphs/shared/verify-call.ts';
import { type OneshelfProcess, runOneshelf } from '../../e2e/oneshelf-process.ts';
import { createAsk } from '../../subgraphs/inventory/open-inventory.ts';
import { addLocation, serveChannel } from '../../subgraphs/inventory/shops.ts';
import { receive } from '../../subgraphs/inventory/stock-operations.ts';
import { allStaff } from '../../support/callers.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type CommitCutter, openCommitCutter } from './open-commit-cutter.ts';

/** A Postgres and two inventory subgraphs, each a process that can be killed. Must be closed. */
export interface StockWorld {
  /** Where the subgraphs answer right now. */
  readonly urls: readonly string[];
  readonly cutter: CommitCutter;
  /** Says with a body that staff ask, signed as the gateway does: subgraphs answer nobody else. */
  readonly prove: (body: string) => Readonly<Record<string, string>>;
  /** Leads to the database past the cutter, as a superuser. */
  databaseUrl(): string;
  /** Kills a subgraph with -9 and starts it again. */
  killSubgraph(which: number): Promise<void>;
  /** Kills Postgres with -9, the server itself, and starts it again; recovers from its log. */
  killPostgres(): Promise<void>;
  /** Kills one of its connections with -9: Postgres throws out all others and recovers. */
  killBackend(): Promise<void>;
  /** Lines that speak of a CHECK constraint, from the server and the subgraphs. */
  constraintHits(): readonly string[];
  /** Lines of the server that tell of transactions that waited for each other. */
  readonly deadlocks: readonly string[];
  close(): Promise<void>;
}

export interface Supply {
  readonly location: string;
  readonly sku: string;
  readonly units: number;
}

export const worldChannel = 'web';

/** Opens it with stock on the shelves of the locations that the supplies name; all of them serve the channel. */
export async function openStockWorld(supplies: readonly Supply[]): Promise<StockWorld> {
  const secret = randomUUID();
  const sign = createCallSigner('inventory', secret);
  const statement = stateCaller(allStaff);
  const folder = await mkdtemp(join(tmpdir(), 'oneshelf-faults-'));
  await chmod(folder, 0o755);
  const servers: EmbeddedPostgres[] = [];
  const hits: string[] = [];
  const deadlocks: string[] = [];
  const log = (line: string): void => {
    if (/deadlock detected/.test(line) && deadlocks.length < 20) deadlocks.push(line);
    if (/check constraint/.test(line) && hits.length < 20) hits.push(line);
  };
  const startServer = async () => {
    // No power is cut here: what the kernel has survives a kill. Commits still wait until it has them.
    const settings = { fsync: 'off', synchronous_commit: 'on', autovacuum_naptime: '5s' };
    servers.push(await startEmbeddedPostgres({ dataDir: join(folder, 'data'), settings, log }));
  };
  const server = () => servers.at(-1) ?? fail();
  await startServer();
  await stockUp(server().url, supplies);
  const cutter = await openCommitCutter(() => Number(new URL(server().url).port));
  const subgraphs: OneshelfProcess[] = [];
  const urls: string[] = [];
  const startSubgraph = async (which: number) => {
    const url = new URL(server().url);
    url.port = `${cutter.port}`;
    const child = runOneshelf(['subgraph', 'inventory'], {
      DATABASE_URL: url.href,
      PORT: '0',
      HOST: '127.0.0.1',
      SUBGRAPH_SECRET: secret,
    });
    subgraphs[which] = child;
    urls[which] = await child.waitFor(/(http:\/\/\S+\/graphql)/);
  };
  await Promise.all([startSubgraph(0), startSubgraph(1)]);

  return {
    urls,
    cutter,
    deadlocks,
    prove: (body) => ({ [callerHeader]: statement, [signatureHeader]: sign(statement, body) }),
    databaseUrl: () => server().url,
    async killSubgraph(which) {
      const child = subgraphs[which] ?? fail();
      await child.stop('SIGKILL');
      child.output().split('\n').forEach(log);
      await startSubgraph(which);
    },
    async killPostgres() {
      const { pid } = server();
      process.kill(pid, 'SIGKILL');
      await waitUntil('the server is gone', () => !isAlive(pid));
      await startServer();
    },
    async killBackend() {
      const pid = await findBackend(server().url);
      // It may have ended by itself since.
      if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
    },
    constraintHits() {
      for (const child of subgraphs) child.output().split('\n').forEach(log);
      return hits;
    },
    async close() {
      await Promise.all(subgraphs.map((child) => child.stop('SIGKILL')));
      await cutter.close();
      for (const each of servers) await each.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function stockUp(url: string, supplies: readonly Supply[]): Promise<void> {
  await migrate({ urlOf: () => url });
  const { db, close } = connectAs(url, 'inventory');
  const locations = [...new Set(supplies.map(({ location }) => location))];
  for (const location of locations) await addLocation(db, location);
  await serveChannel(db, worldChannel, locations);
  const ask = await createAsk(db);
  for (const { location, sku, units } of supplies) {
    // One adjustment moves at most a million units.
    for (let left = units; left > 0; left -= 1_000_000) await receive(ask, location, sku, Math.min(left, 1_000_000));
  }
  await close();
}

/** A connection of a subgraph that is at work, by the pid of its backend. */
async function findBackend(url: string): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'oneshelf inventory' order by state = 'active' desc, random() limit 1`,
    );
    return rows[0]?.pid;
  } catch {
    return undefined; // it is recovering from the last kill
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function fail(): never {
  throw new Error('It is not running.');
}
