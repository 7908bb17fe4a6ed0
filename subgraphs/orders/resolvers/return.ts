import { toMoney } from '../../shared/money.ts';
import { isStorableText } from '../../shared/storable-text.ts';
import type { ReturnResolvers } from '../resolver-types.generated.ts';

export const returnResolvers = {
  __resolveReference: ({ id }, { loaders }) => (isStorableText(id) ? loaders.returnById.load(id) : null),
  refund: (back) => toMoney(back.refundMinor, back.currencyCode),
  lines: (back, _args, { loaders }) => loaders.linesOfReturn.load(back.id),
} satisfies ReturnResolvers;
