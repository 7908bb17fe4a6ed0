import type { OrderLineRow } from '../convert/compile-order-line.ts';
import { RowProblem } from '../convert/row-problem.ts';

/** The rows of one order, or of one credit note. */
export interface OrderGroup {
  /** Its first row: channel, reference, fulfilment and currency are its. */
  readonly first: OrderLineRow;
  /** The earliest time on any row. */
  at: Date;
  identity: OrderLineRow['identity'];
  /** Lines of one SKU at one price, in the order of the file. */
  readonly lines: Map<string, GroupedLine>;
}

export interface GroupedLine {
  /** The row it was first seen in. */
  readonly line: number;
  readonly sku: string;
  title: string;
  quantity: number;
  readonly unitPriceMinor: number;
}

const maxLines = 10_000;
const maxQuantity = 2_147_483_647;

/** What names an order in a file. */
export function orderKey(row: OrderLineRow): string {
  return `${row.channelId}/${row.reference}`;
}

/** Begins a group with its first row. */
export function createOrderGroup(row: OrderLineRow): OrderGroup {
  const group: OrderGroup = { first: row, at: row.at, identity: row.identity, lines: new Map() };
  addToOrderGroup(group, row);
  return group;
}

/**
 * Adds a row; answers the line of the row it is merged into, or null when it is a line of its own. Two rows of one SKU at one price are one
 * line with the sum of both: the invoice charged both, so dropping one would change what was paid.
 */
export function addToOrderGroup(group: OrderGroup, row: OrderLineRow): number | null {
  const key = `${row.sku} ${row.unitPriceMinor}`;
  const known = group.lines.get(key);
  if (known === undefined && group.lines.size >= maxLines) throw new RowProblem(`an order of over ${maxLines} lines`);
  if (known !== undefined && known.quantity + row.quantity > maxQuantity)
    throw new RowProblem('quantity: too large together with an earlier row');
  if (row.at < group.at) group.at = row.at;
  group.identity ??= row.identity;
  if (known === undefined) {
    const { line, sku, title, quantity, unitPriceMinor } = row;
    group.lines.set(key, { line, sku, title, quantity, unitPriceMinor });
    return null;
  }
  known.quantity += row.quantity;
  if (known.title === '') known.title = row.title;
  return known.line;
}

/** Rows on their way to becoming orders. */
export interface OrderCollection {
  add(row: OrderLineRow): { readonly finished: OrderGroup | undefined; readonly mergedInto: number | null };
  rest(): Iterable<OrderGroup>;
}

/** Rows of orders that come again later in the file; more than this are too many to hold. */
const maxHeldOrders = 50_000;

/** Groups rows while they stand together; orders in `scattered` are held until the end, when no row of theirs can follow any more. */
export function collectOrders(scattered: ReadonlySet<string>): OrderCollection {
  const held = new Map<string, OrderGroup>();
  let current: OrderGroup | undefined;
  let currentKey: string | undefined;
  const addToKnown = (group: OrderGroup, row: OrderLineRow) => ({
    finished: undefined,
    mergedInto: addToOrderGroup(group, row),
  });
  return {
    add: (row) => {
      const key = orderKey(row);
      const known = key === currentKey ? current : held.get(key);
      if (known !== undefined) return addToKnown(known, row);
      const group = createOrderGroup(row);
      if (scattered.has(key)) {
        if (held.size >= maxHeldOrders)
          throw new Error(
            `More than ${maxHeldOrders} orders are scattered over the file: sort it by their numbers first`,
          );
        held.set(key, group);
        return { finished: undefined, mergedInto: null };
      }
      const finished = current;
      [current, currentKey] = [group, key];
      return { finished, mergedInto: null };
    },
    rest: () => [...(current === undefined ? [] : [current]), ...held.values()],
  };
}
