import type { GraphQLFormattedError } from 'graphql';
import type { Kysely } from 'kysely';
import type { ConnectOptions } from '../../db/connect.ts';
import type { DatabaseOf } from '../../db/tables/database-of.ts';
import { readSubgraphSdl } from '../../schema/compose.ts';
import type { SubgraphName } from '../../schema/subgraph-names.ts';
import { type Caller, callerHeader, stateCaller } from '../../subgraphs/shared/caller.ts';
import type { Subgraph, SubgraphOptions } from '../../subgraphs/shared/create-subgraph.ts';
import { allStaff } from './callers.ts';
import { createTestDatabase, type TestDatabase } from './create-test-database.ts';

/** A subgraph over an empty database of its own. Must be closed in `afterAll`. */
export interface OpenSubgraph<Name extends SubgraphName> {
  readonly subgraph: Subgraph;
  readonly db: Kysely<DatabaseOf[Name]>;
  readonly database: TestDatabase;
  /** The same, asking in another's name; without it, staff with every scope ask. */
  as(caller: Caller): Pick<OpenSubgraph<Name>, 'ask' | 'askForErrors'>;
  /** Asks, and fails on any error; the type of the data is the test's word. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Asks something that is refused: the errors, with their codes. */
  askForErrors(query: string, variables?: Record<string, unknown>): Promise<readonly GraphQLFormattedError[]>;
  /** How many SQL statements a query takes. */
  countStatements(query: string, variables?: Record<string, unknown>): Promise<number>;
  close(): Promise<void>;
}

/** Opens a subgraph over a fresh database. Errors that are ours fail the test that caused them. */
export async function openSubgraph<Name extends SubgraphName>(
  name: Name,
  create: (options: {
    readonly db: Kysely<DatabaseOf[Name]>;
    readonly sdl: string;
    readonly onInternalError: SubgraphOptions<unknown>['onInternalError'];
  }) => Subgraph,
  options: Pick<ConnectOptions, 'statementTimeoutMs'> = {},
): Promise<OpenSubgraph<Name>> {
  const database = await createTestDatabase();
  let statements = 0;
  const { db } = database.connectAs(name, {
    ...options,
    onStatement: () => {
      statements += 1;
    },
  });
  const internal: unknown[] = [];
  const subgraph = create({
    db,
    sdl: await readSubgraphSdl(name),
    onInternalError: (error) => internal.push(error.originalError ?? error),
  });

  const execute = async (caller: Caller, query: string, variables: Record<string, unknown> = {}) => {
    const headers = { [callerHeader]: stateCaller(caller) };
    const result = await subgraph.execute({ query, variables, headers, signal: new AbortController().signal });
    if (internal.length > 0) throw new Error(`Internal error for ${query}`, { cause: internal.splice(0)[0] });
    // As it travels: no class instances, no objects without a prototype.
    return JSON.parse(JSON.stringify(result)) as { data?: unknown; errors?: GraphQLFormattedError[] };
  };
  const as = (caller: Caller) => ({
    async ask<Data>(query: string, variables?: Record<string, unknown>) {
      const { data, errors } = await execute(caller, query, variables);
      if (errors !== undefined) throw new Error(`Refused: ${JSON.stringify(errors)}`);
      return data as Data;
    },
    async askForErrors(query: string, variables?: Record<string, unknown>) {
      const { errors } = await execute(caller, query, variables);
      if (errors === undefined) throw new Error(`Not refused: ${query}`);
      return errors;
    },
  });
  const asStaff = as(allStaff);
  return {
    subgraph,
    db,
    database,
    as,
    ...asStaff,
    async countStatements(query, variables) {
      const before = statements;
      await asStaff.ask(query, variables);
      return statements - before;
    },
    close: () => database.close(),
  };
}
