import type { StockTransferLineResolvers, StockTransferResolvers } from '../resolver-types.generated.ts';
import { findOwnTransfer } from './find-own-transfer.ts';
import { getLocation } from './get-location.ts';

export const stockTransferResolvers = {
  __resolveReference: ({ id }, context) => findOwnTransfer(context, id),
  from: (transfer, _arguments, context) => getLocation(context, transfer.from_location_id),
  to: (transfer, _arguments, context) => getLocation(context, transfer.to_location_id),
  sentAt: (transfer) => transfer.sent_at,
  closedAt: (transfer) => transfer.closed_at,
  async lines(transfer, _arguments, { loaders }) {
    const lines = transfer.lines ?? (await loaders.transferLines.load(transfer.id));
    return lines.map((line) => ({ ...line, isClosed: transfer.closed_at !== null }));
  },
} satisfies StockTransferResolvers;

export const stockTransferLineResolvers = {
  variant: ({ sku }) => ({ sku }),
  discrepancy: ({ isClosed, received, sent }) => (isClosed ? received - sent : null),
} satisfies StockTransferLineResolvers;
