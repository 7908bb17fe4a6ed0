import DataLoader from 'dataloader';
import type { Kysely } from 'kysely';
import type { OrdersDatabase } from '../../db/tables/orders.ts';
import type { OrderRow } from './parents.ts';
import { findOrders } from './queries/find-orders.ts';
import { type CustomerOrdersKey, listCustomerOrders } from './queries/list-customer-orders.ts';
import { listFulfillmentLines, listFulfillmentOrderLines } from './queries/list-fulfillment-lines.ts';
import { findFulfillmentOrders, listFulfillmentOrders } from './queries/list-fulfillment-orders.ts';
import { listFulfillments } from './queries/list-fulfillments.ts';
import { listOrderEvents, type OrderEventsKey } from './queries/list-order-events.ts';
import { listOrderLines, type OrderLinesKey } from './queries/list-order-lines.ts';
import { findReturns, listReturnLines, listReturns } from './queries/list-returns.ts';
import { type SalesKey, sumSales } from './queries/sum-sales.ts';

type Db = Kysely<OrdersDatabase>;

/** What one request reads, batched: each loader costs one statement for all keys that are asked for at once. */
export type Loaders = ReturnType<typeof createLoaders>;

/** Loaders for one request; they remember what they read until it ends. */
export function createLoaders(db: Db, signal: AbortSignal) {
  const read = <Key, Row>(query: (db: Db, keys: readonly Key[], signal: AbortSignal) => Promise<readonly Row[]>) => {
    return (keys: readonly Key[]) => query(db, keys, signal);
  };
  const findBy = (key: 'id' | 'number') => (values: readonly string[]) => findOrders(db, key, values, signal);
  return {
    orderById: one(findBy('id'), (order) => order.id),
    orderByNumber: one(findBy('number'), (order) => order.number),
    fulfillmentOrderById: one(read(findFulfillmentOrders), (part) => part.id),
    returnById: one(read(findReturns), (part) => part.id),

    fulfillmentOrdersOfOrder: many(read(listFulfillmentOrders), (part) => part.orderId),
    fulfillmentsOfOrder: many(read(listFulfillments), (part) => part.orderId),
    returnsOfOrder: many(read(listReturns), (part) => part.orderId),
    linesOfFulfillmentOrder: many(read(listFulfillmentOrderLines), (line) => line.partId),
    linesOfFulfillment: many(read(listFulfillmentLines), (line) => line.partId),
    linesOfReturn: many(read(listReturnLines), (line) => line.partId),

    linesOfOrder: inKeyOrder<OrderLinesKey, Awaited<ReturnType<typeof listOrderLines>>[number]>(read(listOrderLines)),
    eventsOfOrder: inKeyOrder<OrderEventsKey, Awaited<ReturnType<typeof listOrderEvents>>[number]>(
      read(listOrderEvents),
    ),
    ordersOfCustomer: inKeyOrder<CustomerOrdersKey, readonly OrderRow[]>(read(listCustomerOrders)),
    sales: inKeyOrder<SalesKey, Awaited<ReturnType<typeof sumSales>>[number]>(read(sumSales)),
  };
}

/** A loader of at most one row a key, from rows in any order; null for a key without a row. */
function one<Row>(find: (keys: readonly string[]) => Promise<readonly Row[]>, keyOf: (row: Row) => string) {
  return new DataLoader<string, Row | null>(async (keys) => {
    const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}

/** A loader of any number of rows a key; the rows of a key keep the order they are read in. */
function many<Row>(list: (keys: readonly string[]) => Promise<readonly Row[]>, keyOf: (row: Row) => string) {
  return new DataLoader<string, readonly Row[]>(async (keys) => {
    const rows = Map.groupBy(await list(keys), keyOf);
    return keys.map((key) => rows.get(key) ?? []);
  });
}

/** A loader by several values at once, over a query that answers in the order of its keys. */
function inKeyOrder<Key extends object, Answer>(query: (keys: readonly Key[]) => Promise<readonly Answer[]>) {
  return new DataLoader<Key, Answer, string>(query, { cacheKeyFn: (key) => JSON.stringify(key) });
}
