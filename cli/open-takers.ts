import { connectAs, type OpenDatabase } from '../db/connect.ts';
import type { Takers } from '../import/takers.ts';
import {
  findCustomers,
  recordInteractions,
  resolveCustomers,
} from '../subgraphs/customers/commands/import-customers.ts';
import { importLocations, listLocationIds } from '../subgraphs/inventory/commands/import-locations.ts';
import { importStock } from '../subgraphs/inventory/commands/import-stock.ts';
import { importOrders } from '../subgraphs/orders/commands/import-orders.ts';
import { importReturns } from '../subgraphs/orders/commands/import-returns.ts';
import { findUnknownSkus, importProducts, listChannels } from '../subgraphs/products/commands/import-products.ts';

/** The owners of data, ready to take what an import brings. Must be closed. */
export interface OpenTakers {
  readonly takers: Takers;
  close(): Promise<void>;
}

/** Connects to each owner for an import: one connection, and no time limit, since a batch may wait for another import. */
export function openTakers(database: Pick<OpenDatabase, 'urlOf'>): OpenTakers {
  const options = { poolSize: 2, statementTimeoutMs: 0 };
  const products = connectAs(database.urlOf('products'), 'products', options);
  const inventory = connectAs(database.urlOf('inventory'), 'inventory', options);
  const orders = connectAs(database.urlOf('orders'), 'orders', options);
  const customers = connectAs(database.urlOf('customers'), 'customers', options);
  return {
    takers: {
      products: {
        listChannels: () => listChannels(products.db),
        findUnknownSkus: (skus) => findUnknownSkus(products.db, skus),
        takeProducts: (batch) => importProducts(products.db, batch),
      },
      inventory: {
        listLocationIds: () => listLocationIds(inventory.db),
        takeLocations: (batch) => importLocations(inventory.db, batch),
        takeStock: (batch, cause) => importStock(inventory.db, batch, cause),
      },
      orders: {
        takeOrders: (batch) => importOrders(orders.db, batch),
        takeReturns: (batch) => importReturns(orders.db, batch),
      },
      customers: {
        findCustomers: (batch) => findCustomers(customers.db, batch),
        resolveCustomers: (batch) => resolveCustomers(customers.db, batch),
        recordInteractions: (batch) => recordInteractions(customers.db, batch),
      },
    },
    close: async () => {
      for (const connection of [products, inventory, orders, customers]) await connection.close();
    },
  };
}
