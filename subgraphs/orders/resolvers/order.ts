import { readCursor, readPageSize, toConnection, toCursor } from '../../shared/connection.ts';
import { toMoney } from '../../shared/money.ts';
import { userInputError } from '../../shared/public-error.ts';
import { mayReadOrder } from '../may-read.ts';
import type { OrderResolvers } from '../resolver-types.generated.ts';
import { loadByKey } from './load-by-key.ts';

const lineList = 'order-lines';
const maxPosition = 2 ** 31 - 1;

export const orderResolvers = {
  async __resolveReference(reference, { loaders, caller }) {
    const order = await ('id' in reference
      ? loadByKey(loaders.orderById, reference.id)
      : loadByKey(loaders.orderByNumber, reference.number));
    return order !== null && mayReadOrder(caller, order) ? order : null;
  },
  channel: (order) => ({ id: order.channelId }),
  customer: (order) => (order.customerId === null ? null : { id: order.customerId }),
  total: (order) => toMoney(order.totalMinor, order.currencyCode),

  async lines(order, args, { loaders }) {
    const size = readPageSize(args.first, 50);
    const afterPosition = readLineCursor(args.after);
    const lines = await loaders.linesOfOrder.load({
      orderId: order.id,
      afterPosition: afterPosition ?? -1,
      limit: size + 1,
    });
    return toConnection(lines, {
      size,
      isFirstPage: afterPosition === null,
      cursorOf: (line) => toCursor(lineList, [line.position]),
      nodeOf: (line) => line,
    });
  },

  timeline(order, args, { loaders }) {
    const limit = readPageSize(args.last, 50);
    return order.timeline?.slice(-limit) ?? loaders.eventsOfOrder.load({ orderId: order.id, limit });
  },
  fulfillmentOrders: (order, _args, { loaders }) => loaders.fulfillmentOrdersOfOrder.load(order.id),
  fulfillments: (order, _args, { loaders }) => loaders.fulfillmentsOfOrder.load(order.id),
  returns: (order, _args, { loaders }) => loaders.returnsOfOrder.load(order.id),
} satisfies OrderResolvers;

/** The position a cursor of order lines points behind; null without a cursor. */
function readLineCursor(cursor: string | null | undefined): number | null {
  if (cursor === null || cursor === undefined) return null;
  const [position] = readCursor(lineList, ['number'], cursor);
  if (typeof position === 'number' && Number.isInteger(position) && Math.abs(position) <= maxPosition) return position;
  throw userInputError('The cursor is not from this list.');
}
