import { mayReadStock } from '../may-read.ts';
import type { StockAuditResolvers, StockDifferenceResolvers } from '../resolver-types.generated.ts';
import { getLocation } from './get-location.ts';

export const stockAuditResolvers = {
  checkedLevels: (audit) => audit.checked_levels,
  ledgerMismatches: (audit) => audit.ledger_mismatches,
  unbalancedHolds: (audit) => audit.unbalanced_holds,
  checkedAt: (audit) => audit.checked_at,
  differences: (audit, _arguments, { caller }) => (mayReadStock(caller) ? audit.differences : []),
} satisfies StockAuditResolvers;

export const stockDifferenceResolvers = {
  location: ({ locationId }, _arguments, context) => getLocation(context, locationId),
} satisfies StockDifferenceResolvers;
