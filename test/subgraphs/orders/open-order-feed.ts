import { openTail, type Tail } from '../../../db/change-feed/open-tail.ts';
import { type Sequencer, startSequencer } from '../../../db/change-feed/start-sequencer.ts';
import type { OwnerConnection } from '../../../db/connect.ts';
import { readSubgraphSdl } from '../../../schema/compose.ts';
import type { OrderToImport } from '../../../subgraphs/orders/commands/import/order-to-import.ts';
import { importOrders } from '../../../subgraphs/orders/commands/import-orders.ts';
import { importReturns } from '../../../subgraphs/orders/commands/import-returns.ts';
import { createOrdersSubgraph } from '../../../subgraphs/orders/subgraph.ts';
import type { Caller } from '../../../subgraphs/shared/caller.ts';
import type { Subgraph, SubgraphResult } from '../../../subgraphs/shared/create-subgraph.ts';
import { allStaff, headersOf } from '../../support/callers.ts';
import { createTestDatabase } from '../../support/create-test-database.ts';
import { waitUntil } from '../../support/wait-until.ts';

export interface FollowedOrder {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly total: { readonly amount: string };
  readonly timeline: readonly { readonly kind: string; readonly at: string; readonly message: string }[];
}

export interface OrderEvent {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly order: FollowedOrder | null;
}

export interface OrderPage {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CHANGES';
  readonly orders: readonly FollowedOrder[];
  readonly hasMore: boolean;
}

const order = 'id version status total { amount } timeline { kind at message }';
const feedQuery = `subscription ($id: ID!, $after: String) { orderUpdated(id: $id, after: $after) { cursor kind order { ${order} } } }`;
const pullQuery = `query ($id: ID!, $after: String, $first: Int) {
  orderChanges(id: $id, after: $after, first: $first) { cursor kind hasMore orders { ${order} } }
}`;
const readQuery = `query ($id: ID!) { _entities(representations: [{ __typename: "Order", id: $id }]) { ... on Order { ${order} } } }`;

/** The orders subgraph with its live feed. Must be closed in `afterAll`, which fails on what went wrong inside. */
export async function openOrderFeed() {
  const database = await createTestDatabase();
  const connection: OwnerConnection<'orders'> = database.connectAs('orders');
  const { db, createClient } = connection;
  const failures: unknown[] = [];
  const fail = (error: unknown) => void failures.push(error);
  const tails: Tail[] = [];
  const sdl = await readSubgraphSdl('orders');
  /** With a tail of its own, as each process has. */
  const openSubgraph = (): Subgraph => {
    const tail = openTail({ db, owner: 'orders', createClient, onError: fail });
    tails.push(tail);
    const onInternalError = (error: Error & { originalError?: unknown }) => fail(error.originalError ?? error);
    return createOrdersSubgraph({ db, tail, heartbeatMs: 150, sdl, onInternalError });
  };
  const subgraph = openSubgraph();
  const sequencers: Sequencer[] = [1, 2].map(() => startSequencer(database.connectAs('orders').db, { onError: fail }));

  const run = async (query: string, variables: Record<string, unknown>, caller: Caller): Promise<SubgraphResult> => {
    const signal = new AbortController().signal;
    const result = await subgraph.execute({ query, variables, headers: headersOf(caller), signal });
    return JSON.parse(JSON.stringify(result));
  };

  /** Follows an order and keeps what it was told. */
  const follow = (id: string, options: { after?: string | undefined; caller?: Caller; source?: Subgraph } = {}) => {
    const { after = null, caller = allStaff, source = subgraph } = options;
    const stop = new AbortController();
    const events: OrderEvent[] = [];
    const refusals: SubgraphResult[] = [];
    const ended = (async () => {
      const request = { query: feedQuery, variables: { id, after }, headers: headersOf(caller), signal: stop.signal };
      for await (const result of source.subscribe(request)) {
        if (result.data == null) refusals.push(JSON.parse(JSON.stringify(result)));
        else events.push(JSON.parse(JSON.stringify(result.data)).orderUpdated);
      }
    })();
    return {
      events,
      refusals,
      ended,
      orders: () => events.flatMap((event) => event.order ?? []),
      next: (kind: OrderEvent['kind']) =>
        waitUntil(`a ${kind} came`, () => events.find((event) => event.kind === kind)),
      async stop() {
        stop.abort();
        await ended;
      },
    };
  };

  return {
    db,
    failures,
    openSubgraph,
    follow,
    pull: (variables: Record<string, unknown>, caller: Caller = allStaff) => run(pullQuery, variables, caller),
    async read(id: string): Promise<FollowedOrder> {
      const { data } = await run(readQuery, { id }, allStaff);
      return (data as { _entities: FollowedOrder[] })._entities[0] as FollowedOrder;
    },
    /** Brings an order in, as a file would; gives its id and what became of it. */
    async bring(given: Partial<OrderToImport> & { readonly externalReference: string }) {
      const [taken] = await importOrders(db, [{ ...plainOrder, ...given }]);
      return { id: taken?.kept?.orderId ?? '', outcome: taken?.outcome };
    },
    /** So many of an order's mugs come back. */
    async bringBack(customerId: string, externalReference: string, quantity: number) {
      const [taken] = await importReturns(db, [
        {
          externalReference,
          customerId,
          currencyCode: 'GBP',
          returnedAt: new Date('2011-04-01T10:00:00Z'),
          reason: 'UNWANTED',
          lines: [{ sku: 'MUG', quantity, unitPriceMinor: 250 }],
        },
      ]);
      return taken?.lines[0];
    },
    async close() {
      for (const sequencer of sequencers) await sequencer.close();
      for (const tail of tails) await tail.close();
      await database.close();
    },
  };
}

export const mugs = (quantity: number) => [{ sku: 'MUG', title: 'Mug', quantity, unitPriceMinor: 250 }];
export const placed = { locationId: 'warehouse', method: 'SHIPPING', status: 'PLACED', since: null } as const;
export const sent = { ...placed, status: 'FULFILLED', since: new Date('2011-03-02T10:00:00Z') } as const;
export const calledOff = { ...placed, status: 'CANCELLED', since: new Date('2011-03-02T11:00:00Z') } as const;

const plainOrder: Omit<OrderToImport, 'externalReference'> = {
  channelId: 'web',
  customerId: 'ann',
  email: null,
  currencyCode: 'GBP',
  countryCode: 'GB',
  placedAt: new Date('2011-03-01T10:00:00Z'),
  lines: mugs(3),
  fulfillment: placed,
};
