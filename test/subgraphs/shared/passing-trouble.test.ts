import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAs } from '../../../db/connect.ts';
import { createSubgraph } from '../../../subgraphs/shared/create-subgraph.ts';
import { createTestDatabase, type TestDatabase } from '../../support/create-test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** Runs a statement in a resolver, over the database at `url`; the code that a caller reads, and how often we were told. */
async function codeOf(statement: string, url: string): Promise<readonly [code: unknown, told: number]> {
  let told = 0;
  const connection = connectAs(url, 'products', { statementTimeoutMs: 200, poolSize: 1 });
  const subgraph = createSubgraph({
    name: 'statements',
    sdl: 'type Query { run: String }',
    resolvers: {
      Query: {
        async run() {
          await sql.raw(statement).execute(connection.db);
          return 'done';
        },
      },
    },
    createContext: () => ({}),
    onInternalError: () => void told++,
  });
  try {
    const { errors = [] } = await subgraph.execute({
      query: '{ run }',
      headers: {},
      signal: new AbortController().signal,
    });
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|terminat|division|statement/);
    return [errors[0]?.extensions?.code, told];
  } finally {
    await connection.close();
  }
}

test('a database that is away, goes or is too slow passes; what is wrong with a statement does not', async () => {
  const nowhere = new URL(database.url);
  nowhere.port = '1';
  expect(await codeOf('select 1', String(nowhere))).toEqual(['UPSTREAM_UNAVAILABLE', 1]);
  expect(await codeOf('set role none; select pg_terminate_backend(pg_backend_pid())', database.url)).toEqual([
    'UPSTREAM_UNAVAILABLE',
    1,
  ]);
  expect(await codeOf('select pg_sleep(5)', database.url)).toEqual(['UPSTREAM_TIMEOUT', 1]);
  expect(await codeOf('select 1 / 0', database.url)).toEqual(['INTERNAL_SERVER_ERROR', 1]);
  expect(await codeOf('select 1', database.url)).toEqual([undefined, 0]);
});
