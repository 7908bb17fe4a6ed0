import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staffScopes } from '../../cli/own-kinds.ts';
import type { Statement } from '../../db/connect.ts';
import { createPrincipal } from '../../gateway/identity/principal.ts';
import { createGateway, type Gateway } from '../../gateway/server.ts';
import { readSubgraphSdl } from '../../schema/compose.ts';
import type { SubgraphName } from '../../schema/subgraph-names.ts';
import { createCustomersSubgraph } from '../../subgraphs/customers/subgraph.ts';
import { createInventorySubgraph } from '../../subgraphs/inventory/subgraph.ts';
import { createOrdersSubgraph } from '../../subgraphs/orders/subgraph.ts';
import { createProductsSubgraph } from '../../subgraphs/products/subgraph.ts';
import { projectRoot } from '../check/source-files.ts';
import { createSeededDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { ask } from './graph-client.ts';

/*
 * What a page costs in SQL must not grow with what it holds. Counted over all four owners, behind the gateway.
 */
let database: TestDatabase;
let gateway: Gateway;
const staff = createPrincipal({ caller: 'person', kind: 'staff', id: 's', scopes: staffScopes, attributes: {} });
const statements: string[] = [];

beforeAll(async () => {
  database = await createSeededDatabase();
  const onStatement = ({ sql }: Statement) => void statements.push(sql);
  const unexpected = (error: Error) => {
    throw error;
  };
  const options = async (name: SubgraphName) => ({ sdl: await readSubgraphSdl(name), onInternalError: unexpected });
  const dbOf = <Name extends SubgraphName>(name: Name) => database.connectAs(name, { onStatement }).db;
  const subgraphs = [
    createProductsSubgraph({ db: dbOf('products'), ...(await options('products')) }),
    createInventorySubgraph({ db: dbOf('inventory'), ...(await options('inventory')) }),
    createOrdersSubgraph({ db: dbOf('orders'), ...(await options('orders')) }),
    createCustomersSubgraph({ db: dbOf('customers'), ...(await options('customers')) }),
  ].map(({ name, execute }) => [name, { kind: 'in-process', execute }] as const);
  gateway = await createGateway({
    supergraph: { kind: 'file', path: join(projectRoot, 'schema/supergraph.graphql') },
    subgraphs: Object.fromEntries(subgraphs),
    settings: { port: 0, logLevel: 'silent', watch: false },
    identify: () => staff,
  });
}, 120_000);

afterAll(async () => {
  await gateway.close();
  await database.close();
});

/** The statements that one operation costs. */
async function cost(
  file: string,
  variables: Record<string, unknown>,
  isFull: (text: string) => boolean,
): Promise<number> {
  statements.length = 0;
  const document = readFileSync(join(projectRoot, 'schema/operations', file), 'utf8');
  const answer = await ask(gateway.url, document, variables);
  expect(answer.errors).toBeUndefined();
  expect(isFull(JSON.stringify(answer.data))).toBe(true);
  return statements.length;
}

const holds = (least: number, what: RegExp) => (text: string) => (text.match(what) ?? []).length >= least;

test.each([
  ['storefront/product-list.graphql', { channel: 'web' }, /"handle"/g, [1, 24, 100]],
  ['partner/catalogue-feed.graphql', { channel: 'web' }, /"handle"/g, [1, 24, 100]],
  ['storefront/store-finder.graphql', {}, /"postalCode"/g, [1, 10, 20]],
] as const)('%s costs the same whatever its page holds', async (file, variables, node, sizes) => {
  const costs = [];
  for (const first of sizes) costs.push(await cost(file, { ...variables, first }, holds(first, node)));
  expect(new Set(costs).size).toBe(1);
  expect(costs[0]).toMatchSnapshot();
});

test('a page of 50 orders of the book costs few statements', async () => {
  const page = await cost('staff/orders.graphql', { channel: 'web' }, holds(50, /"placedAt"/g));
  expect(page).toMatchSnapshot();
});
