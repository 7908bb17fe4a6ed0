import { Kysely, type LogEvent, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type DatabaseConfig, readDatabaseConfig } from './config.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { type Owner, roleOf, searchPathOf } from './owners.ts';
import { parseColumn } from './parse-column.ts';
import type { DatabaseOf } from './tables/database-of.ts';

/** The databases of all owners: usually one. Must be closed; closing twice is safe. */
export interface OpenDatabase {
  /** Where the data of an owner is. Leads there as whoever may migrate; see {@link connectAs} for everything else. */
  urlOf(owner: Owner): string;
  readonly isEmbedded: boolean;
  close(): Promise<void>;
}

/** The oldest server we run on: `unique nulls not distinct`, `merge`, and roles that may not create in `public`. */
const oldestVersion = 15;

/**
 * Finds the database: DATABASE_URL where it is set, else the embedded server, started or joined.
 * @throws DatabaseStartError when the embedded server cannot be had; an Error that names the server when it is too old or does not answer
 */
export async function openDatabase(
  options: {
    readonly config?: DatabaseConfig;
    readonly signal?: AbortSignal;
    readonly log?: (line: string) => void;
  } = {},
): Promise<OpenDatabase> {
  const config = options.config ?? readDatabaseConfig();
  const urls = new Set([...(config.url === undefined ? [] : [config.url]), ...Object.values(config.ownerUrls)]);
  for (const url of urls) await checkVersion(url);
  const { url } = config;
  if (url !== undefined) {
    return { urlOf: (owner) => config.ownerUrls[owner] ?? url, isEmbedded: false, close: async () => undefined };
  }
  const { dataDir, embeddedPort: port } = config;
  const server = await startEmbeddedPostgres({ dataDir, port, log: options.log, signal: options.signal });
  return { urlOf: (owner) => config.ownerUrls[owner] ?? server.url, isEmbedded: true, close: server.close };
}

async function checkVersion(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  const { host, pathname } = new URL(url); // never the password
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`);
    const version = Math.floor(Number(rows[0]?.version) / 10_000);
    if (version < oldestVersion) {
      throw new Error(`Postgres at ${host} is version ${version}; ${oldestVersion} or newer is needed`);
    }
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith('Postgres at')) throw cause;
    throw new Error(
      `No connection to Postgres at ${host}${pathname}: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** An owner's connections. Must be closed; closing twice is safe. */
export interface OwnerConnection<O extends Owner> {
  readonly owner: O;
  /** Knows the owner's tables only: a join with another owner's does not compile, and Postgres refuses it. */
  readonly db: Kysely<DatabaseOf[O]>;
  /** Opens one more connection of the same kind, outside of the pool, for LISTEN. The caller ends it. */
  createClient(): pg.Client;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly poolSize?: number;
  /** A statement that runs longer is cancelled; 0 for imports and the like. The gateway's deadline for a subgraph is 3 s. */
  readonly statementTimeoutMs?: number;
  /** Called after each statement but BEGIN and COMMIT, for instance to count them. */
  readonly onStatement?: (statement: Statement) => void;
  /** Told of connections that break while idle; the pool replaces them. */
  readonly onConnectionLost?: (error: Error) => void;
}

export interface Statement {
  readonly sql: string;
  readonly durationMs: number;
  readonly error: unknown;
}

/** Connects to the database at `url` as an owner: with its role, its search path and its time limits, set as each connection begins. */
export function connectAs<O extends Owner>(url: string, owner: O, options: ConnectOptions = {}): OwnerConnection<O> {
  const { poolSize = 10, statementTimeoutMs = 2_000, onStatement, onConnectionLost } = options;
  const config = clientConfig(url, owner, statementTimeoutMs);
  const pool = new pg.Pool({ ...config, max: poolSize, connectionTimeoutMillis: 5_000, idleTimeoutMillis: 30_000 });
  // Without a listener, a server that restarts would end the process.
  pool.on('error', (error) => onConnectionLost?.(error));
  // And that goes for a connection in use, too: one between two statements of a transaction has nobody else to tell.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<DatabaseOf[O]>({
    dialect: new PostgresDialect({ pool }),
    ...(onStatement === undefined ? {} : { log: (event: LogEvent) => onStatement(toStatement(event)) }),
  });
  return { owner, db, createClient: () => new pg.Client(config), close: () => db.destroy() };
}

/**
 * What every connection of an owner begins with. Given as start-up options, so that there is no moment and no extra round trip in which a
 * connection runs without them; roles have no passwords and cannot log in. (PgBouncer must let `options` through.)
 */
function clientConfig(url: string, owner: Owner, statementTimeoutMs: number): pg.ClientConfig {
  const address = new URL(url);
  const given = address.searchParams.get('options');
  address.searchParams.delete('options'); // pg would let it win over ours
  const settings = {
    role: roleOf(owner),
    search_path: searchPathOf(owner),
    statement_timeout: statementTimeoutMs,
    // A process that stalls inside a transaction loses it, rather than holding everybody's locks.
    idle_in_transaction_session_timeout: 10_000,
    timezone: 'UTC',
    // Our statements take milliseconds and their plans are estimated high: to compile one would take a hundred times as long.
    jit: 'off',
  };
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  return {
    connectionString: address.href,
    application_name: `oneshelf ${owner}`,
    options: [...(given === null ? [] : [given]), ...ours].join(' '),
    types: { getTypeParser: parseColumn },
    keepAlive: true,
  };
}

function toStatement(event: LogEvent): Statement {
  return {
    sql: event.query.sql,
    durationMs: event.queryDurationMillis,
    error: event.level === 'error' ? event.error : undefined,
  };
}
