import type { GraphQLFormattedError } from 'graphql';
import type { Kysely } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { readSubgraphSdl } from '../../../schema/compose.ts';
import { createInventorySubgraph } from '../../../subgraphs/inventory/subgraph.ts';
import type { Caller } from '../../../subgraphs/shared/caller.ts';
import { allStaff, headersOf } from '../../support/callers.ts';
import { createTestDatabase } from '../../support/create-test-database.ts';

/** The inventory subgraph over a database of its own. Must be closed. */
export interface OpenInventory {
  readonly db: Kysely<InventoryDatabase>;
  /** Leads to the database as a superuser. */
  readonly url: string;
  /** Every statement so far; a test empties it. */
  readonly statements: string[];
  /** One operation; fails when something went wrong on our side. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The same in another's name; `ask` asks as staff with every scope. */
  as(caller: Caller): OpenInventory['ask'];
  /** Cuts all connections of the subgraphs, in the middle of whatever they do; gives their number. */
  cutConnections(): Promise<number>;
  close(): Promise<void>;
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's; what is read of it is compared with toEqual and the like
  readonly data: any;
  readonly errors: readonly GraphQLFormattedError[] | undefined;
  /** The code of the first error. */
  readonly code: unknown;
}

export async function openInventory(): Promise<OpenInventory> {
  const database = await createTestDatabase();
  const statements: string[] = [];
  const { db } = database.connectAs('inventory', { onStatement: ({ sql }) => void statements.push(sql) });
  const as = await createAskAs(db);
  const cutConnections = async () => {
    const [cut] = await database.query<{ count: number }>(`
      select count(pg_terminate_backend(pid)) as count from pg_stat_activity
       where datname = current_database() and application_name = 'oneshelf inventory' and state <> 'idle'`);
    return cut?.count ?? 0;
  };
  return { db, url: database.url, statements, as, ask: as(allStaff), cutConnections, close: () => database.close() };
}

/** A subgraph of its own over a database that is there: as another process would have. Asks as staff. */
export async function createAsk(db: Kysely<InventoryDatabase>): Promise<OpenInventory['ask']> {
  return (await createAskAs(db))(allStaff);
}

async function createAskAs(db: Kysely<InventoryDatabase>): Promise<OpenInventory['as']> {
  const failures: unknown[] = [];
  const subgraph = createInventorySubgraph({
    db,
    sdl: await readSubgraphSdl('inventory'),
    onInternalError: (error) => void failures.push(error.originalError ?? error),
  });
  return (caller) =>
    async (query, variables = {}) => {
      const signal = new AbortController().signal;
      const { data, errors } = await subgraph.execute({ query, variables, headers: headersOf(caller), signal });
      if (failures.length > 0) throw new AggregateError(failures.splice(0), 'The subgraph failed');
      // Through JSON, as over HTTP: dates become text.
      return { ...JSON.parse(JSON.stringify({ data: data ?? null, errors })), code: errors?.[0]?.extensions?.code };
    };
}
