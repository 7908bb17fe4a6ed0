import { join } from 'node:path';
import { pino } from 'pino';
import { ownKinds } from '../../cli/own-kinds.ts';
import { ownPriorities } from '../../cli/own-priorities.ts';
import { openTail } from '../../db/change-feed/open-tail.ts';
import { startSequencer } from '../../db/change-feed/start-sequencer.ts';
import type { Statement } from '../../db/connect.ts';
import type { GatewaySettings } from '../../gateway/config.ts';
import { kindsSchema } from '../../gateway/identity/identity-settings.ts';
import { anonymous, createPrincipal, type Principal } from '../../gateway/identity/principal.ts';
import { createGateway, type Gateway } from '../../gateway/server.ts';
import { readSubgraphSdl } from '../../schema/compose.ts';
import type { SubgraphName } from '../../schema/subgraph-names.ts';
import { createCustomersSubgraph } from '../../subgraphs/customers/subgraph.ts';
import { startInventoryJobs } from '../../subgraphs/inventory/start-inventory-jobs.ts';
import { createInventorySubgraph } from '../../subgraphs/inventory/subgraph.ts';
import { createOrdersSubgraph } from '../../subgraphs/orders/subgraph.ts';
import { createProductsSubgraph } from '../../subgraphs/products/subgraph.ts';
import type { Caller } from '../../subgraphs/shared/caller.ts';
import { projectRoot } from '../check/source-files.ts';
import { createSeededDatabase, type TestDatabase } from '../support/create-test-database.ts';

/** The gateway and all four subgraphs in this process, over the sample data. Dispose of it when done. */
export interface WholeGraph extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly database: TestDatabase;
  /** Every log line so far. */
  readonly log: string[];
  /** What somebody sends as `authorization`; how proofs are verified is tested elsewhere. */
  authorizationOf(caller: Caller): string;
}

export async function openWholeGraph(
  settings: Partial<GatewaySettings> = {},
  onStatement: (statement: Statement) => void = () => undefined,
): Promise<WholeGraph> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await createSeededDatabase(), (open) => open.close());
  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
  const tell = (error: unknown): void => logger.error(error);
  const options = async (name: SubgraphName) => ({ sdl: await readSubgraphSdl(name), onInternalError: tell });
  const { db, createClient } = database.connectAs('inventory', { onStatement });
  const tail = opened.adopt(openTail({ db, owner: 'inventory', createClient }), (open) => open.close());
  opened.adopt(startInventoryJobs({ db, onError: tell }), (jobs) => jobs.close());
  const orders = database.connectAs('orders', { onStatement });
  const { createClient: createOrdersClient } = orders;
  const ordersTail = opened.adopt(
    openTail({ db: orders.db, owner: 'orders', createClient: createOrdersClient }),
    (open) => open.close(),
  );
  opened.adopt(startSequencer(orders.db, { onError: tell }), (sequencer) => sequencer.close());
  const subgraphs = [
    createProductsSubgraph({ db: database.connectAs('products', { onStatement }).db, ...(await options('products')) }),
    createInventorySubgraph({ db, tail, ...(await options('inventory')) }),
    createOrdersSubgraph({ db: orders.db, tail: ordersTail, ...(await options('orders')) }),
    createCustomersSubgraph({
      db: database.connectAs('customers', { onStatement }).db,
      ...(await options('customers')),
    }),
  ].map(({ name, execute, subscribe }) => [name, { kind: 'in-process', execute, subscribe }] as const);
  const principals = new Map<string, Principal>();
  const gateway = opened.adopt(
    await createGateway({
      supergraph: { kind: 'file', path: join(projectRoot, 'schema/supergraph.graphql') },
      subgraphs: Object.fromEntries(subgraphs),
      logger,
      // A busy machine plans slowly, which is not what this is about.
      settings: {
        port: 0,
        watch: false,
        planningDeadlineMs: 20_000,
        targetTurnMs: 10_000,
        targetOperationMs: 60_000,
        kinds: kindsSchema.parse(ownKinds),
        priorities: ownPriorities,
        ...settings,
      },
      identify: ({ authorization }) => principals.get(`${authorization}`) ?? anonymous,
    }),
    (running) => running.close(),
  );
  const resources = opened.move();
  return {
    gateway,
    database,
    log,
    authorizationOf({ kind, id, scopes, attributes }) {
      if (kind === 'anonymous') return '';
      const { limits, contract } = kindsSchema.parse(ownKinds)[kind] ?? {};
      principals.set(
        `Test ${id}`,
        createPrincipal({ caller: limits ?? 'person', contract, kind, id, scopes, attributes }),
      );
      return `Test ${id}`;
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
