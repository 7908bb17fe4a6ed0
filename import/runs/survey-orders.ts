import type { OrderLineRow } from '../convert/compile-order-line.ts';
import { compileProduct } from '../convert/compile-product.ts';
import type { ProductGroup } from '../convert/product-group.ts';
import { RowProblem } from '../convert/row-problem.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Row } from '../read/row.ts';
import { collectProducts } from './import-products.ts';
import { orderKey } from './order-group.ts';
import { watchRepeatedKeys } from './repeated-keys.ts';
import { passThrough, type Run } from './run.ts';

/** What must be known of a whole file before its orders can be taken. */
export interface OrderSurvey {
  /** The products its rows tell of; none when the mapping makes none. */
  readonly products: Iterable<ProductGroup>;
  readonly scatteredOrders: ReadonlySet<string>;
  readonly scatteredReturns: ReadonlySet<string>;
  readonly hasReturns: boolean;
}

/** Reads the file once, taking nothing. */
export async function surveyOrders(
  run: Run,
  mapping: Mapping,
  readLine: (row: Row) => OrderLineRow,
): Promise<OrderSurvey> {
  const orders = watchRepeatedKeys();
  const returns = watchRepeatedKeys();
  const products = collectProducts(true);
  const readProduct =
    mapping.orders?.createsProducts === true && mapping.products !== undefined
      ? compileProduct(mapping.products, mapping.currency)
      : undefined;
  let hasReturns = false;
  await passThrough(run, 'Looking through the file', { isReported: false }, (row) => {
    const line = readLine(row);
    hasReturns ||= line.isReturn;
    (line.isReturn ? returns : orders).see(orderKey(line));
    if (readProduct !== undefined && !line.isReturn) collectQuietly(products, readProduct, row);
    return undefined;
  });
  return { products: products.rest(), scatteredOrders: orders.found, scatteredReturns: returns.found, hasReturns };
}

/** A row that is a sale may still say nothing of a product; the order's own pass reports what is wrong with it. */
function collectQuietly(
  products: ReturnType<typeof collectProducts>,
  readProduct: ReturnType<typeof compileProduct>,
  row: Row,
): void {
  try {
    products.add(readProduct(row));
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error;
  }
}
