import type { OrderLineRow } from '../convert/compile-order-line.ts';
import type { Mapping, OrdersMapping } from '../mapping/mapping.ts';
import { createOrderReader } from './create-order-reader.ts';
import { collectOrders } from './order-group.ts';
import { passThrough, type Run } from './run.ts';
import { surveyOrders } from './survey-orders.ts';
import { takeNeededProducts } from './take-needed-products.ts';
import { batchOrders } from './take-orders.ts';
import { batchReturns } from './take-returns.ts';

/**
 * Imports orders, and the products they need. The file is read two or three times, so that memory stays flat:
 * a survey (which products there are, which orders are scattered over the file), then orders, then credit notes, since what comes back
 * is looked for among orders that must be there by then.
 */
export async function importOrders(run: Run, mapping: Mapping & { readonly orders: OrdersMapping }): Promise<void> {
  const readLine = await createOrderReader(run, mapping);
  const survey = await surveyOrders(run, mapping, readLine);
  const products = await takeNeededProducts(run, mapping, survey.products);

  const orders = collectOrders(survey.scatteredOrders);
  const orderBatch = batchOrders(run, products);
  await passThrough(run, 'Reading orders', { isReported: true }, (row) => {
    const line = readLine(row);
    return line.isReturn ? undefined : collect(run, orders, orderBatch, line);
  });
  for (const group of orders.rest()) await orderBatch.add(group);
  await orderBatch.flush();
  if (mapping.orders.returns === undefined || !survey.hasReturns) return;

  const returns = collectOrders(survey.scatteredReturns);
  const returnBatch = batchReturns(run, mapping.orders.returns.reason);
  // Rows that cannot be read were refused in the pass before.
  await passThrough(run, 'Reading returns', { isReported: false }, (row) => {
    const line = readLine(row);
    return line.isReturn ? collect(run, returns, returnBatch, line) : undefined;
  });
  for (const group of returns.rest()) await returnBatch.add(group);
  await returnBatch.flush();
}

function collect(
  run: Run,
  collection: ReturnType<typeof collectOrders>,
  batch: ReturnType<typeof batchOrders>,
  line: OrderLineRow,
): Promise<void> | undefined {
  const { finished, mergedInto } = collection.add(line);
  if (mergedInto !== null) run.report.merge(line.line, mergedInto);
  return finished === undefined ? undefined : batch.add(finished);
}
