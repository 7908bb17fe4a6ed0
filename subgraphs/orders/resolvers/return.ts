import { toMoney } from '../../shared/money.ts';
import type { ReturnResolvers } from '../resolver-types.generated.ts';
import { loadByKey } from './load-by-key.ts';

export const returnResolvers = {
  __resolveReference: ({ id }, { loaders }) => loadByKey(loaders.returnById, id),
  refund: (back) => toMoney(back.refundMinor, back.currencyCode),
  lines: (back, _args, { loaders }) => loaders.linesOfReturn.load(back.id),
} satisfies ReturnResolvers;
