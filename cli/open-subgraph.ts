import { sql } from 'kysely';
import pino from 'pino';
import { openTail } from '../db/change-feed/open-tail.ts';
import { startSequencer } from '../db/change-feed/start-sequencer.ts';
import { readDatabaseConfig } from '../db/config.ts';
import { connectAs, type OpenDatabase } from '../db/connect.ts';
import { readSubgraphSdl } from '../schema/compose.ts';
import type { SubgraphName } from '../schema/subgraph-names.ts';
import { createCustomersSubgraph } from '../subgraphs/customers/subgraph.ts';
import { startInventoryJobs } from '../subgraphs/inventory/start-inventory-jobs.ts';
import { createInventorySubgraph } from '../subgraphs/inventory/subgraph.ts';
import { createOrdersSubgraph } from '../subgraphs/orders/subgraph.ts';
import { createProductsSubgraph } from '../subgraphs/products/subgraph.ts';
import type { Subgraph, SubgraphRequest } from '../subgraphs/shared/create-subgraph.ts';

/** A subgraph with its connections open. */
export interface OpenSubgraph {
  readonly subgraph: Subgraph;
  /** Whether its database answers. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

/** Connects a subgraph to its owner's database. Errors that are ours are logged as JSON lines on standard error. */
export async function openSubgraph(name: SubgraphName, database: OpenDatabase): Promise<OpenSubgraph> {
  const log = pino({ base: { subgraph: name } }, pino.destination(2));
  const { poolSize } = readDatabaseConfig();
  const url = database.urlOf(name);
  const options = {
    sdl: await readSubgraphSdl(name),
    onInternalError: (error: Error, request: SubgraphRequest) =>
      log.error(
        { err: error, requestId: request.headers['x-request-id'], operation: request.operationName },
        'a resolver failed',
      ),
  };
  const connection = {
    poolSize,
    onConnectionLost: (error: Error) =>
      // Not the error itself: the driver hangs its whole client on it.
      log.warn({ reason: error.message }, 'an idle database connection broke; the pool replaces it'),
  };

  const tailError = (err: unknown) => log.warn({ err }, 'the change feed could not be read; it is tried again');

  switch (name) {
    case 'products': {
      const { db, close } = connectAs(url, name, connection);
      return { subgraph: createProductsSubgraph({ db, ...options }), isReady: () => answers(db), close };
    }
    case 'inventory': {
      const { db, createClient, close } = connectAs(url, name, connection);
      const tail = openTail({ db, owner: name, createClient, onError: tailError });
      const jobs = startInventoryJobs({ db, onError: (err, job) => log.error({ err, job }, 'a job failed') });
      const closeAll = async () => {
        await Promise.all([tail.close(), jobs.close()]);
        await close();
      };
      return {
        subgraph: createInventorySubgraph({ db, tail, ...options }),
        isReady: () => answers(db),
        close: closeAll,
      };
    }
    case 'orders': {
      const { db, createClient, close } = connectAs(url, name, connection);
      const tail = openTail({ db, owner: name, createClient, onError: tailError });
      const sequencer = startSequencer(db, { onError: (err) => log.error({ err, job: 'sequencer' }, 'a job failed') });
      const closeAll = async () => {
        await Promise.all([tail.close(), sequencer.close()]);
        await close();
      };
      return { subgraph: createOrdersSubgraph({ db, tail, ...options }), isReady: () => answers(db), close: closeAll };
    }
    case 'customers': {
      const { db, close } = connectAs(url, name, connection);
      return { subgraph: createCustomersSubgraph({ db, ...options }), isReady: () => answers(db), close };
    }
    default:
      throw new Error(`No subgraph is called ${name satisfies never}.`);
  }
}

async function answers(db: Parameters<ReturnType<typeof sql>['execute']>[0]): Promise<boolean> {
  await sql`select 1`.execute(db);
  return true;
}
