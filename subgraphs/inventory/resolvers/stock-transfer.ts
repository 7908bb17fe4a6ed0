import { isUuid } from '../is-uuid.ts';
import type { StockTransferLineResolvers, StockTransferResolvers } from '../resolver-types.generated.ts';
import { getLocation } from './get-location.ts';

export const stockTransferResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return isUuid(id) ? ((await loaders.transfer.load(id.toLowerCase())) ?? null) : null;
  },
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
