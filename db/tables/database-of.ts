import type { Owner } from '../owners.ts';
import type { CustomersDatabase } from './customers.ts';
import type { GatewayDatabase } from './gateway.ts';
import type { InventoryDatabase } from './inventory.ts';
import type { OrdersDatabase } from './orders.ts';
import type { ProductsDatabase } from './products.ts';

/** Whose connection knows which tables. */
export interface DatabaseOf extends Record<Owner, object> {
  products: ProductsDatabase;
  inventory: InventoryDatabase;
  orders: OrdersDatabase;
  customers: CustomersDatabase;
  gateway: GatewayDatabase;
}
