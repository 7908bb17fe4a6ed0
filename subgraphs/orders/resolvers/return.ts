import { toMoney } from '../../shared/money.ts';
import { mayReadAllOrders, mayReadOrder } from '../may-read.ts';
import type { ReturnResolvers } from '../resolver-types.generated.ts';
import { loadByKey } from './load-by-key.ts';

export const returnResolvers = {
  async __resolveReference({ id }, { loaders, caller }) {
    const back = await loadByKey(loaders.returnById, id);
    if (back === null || mayReadAllOrders(caller)) return back;
    const order = await loaders.orderById.load(back.orderId);
    return order !== null && mayReadOrder(caller, order) ? back : null;
  },
  refund: (back) => toMoney(back.refundMinor, back.currencyCode),
  lines: (back, _args, { loaders }) => loaders.linesOfReturn.load(back.id),
} satisfies ReturnResolvers;
