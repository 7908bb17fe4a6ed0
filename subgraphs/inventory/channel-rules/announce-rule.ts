import type { Transaction } from 'kysely';
import { appendChanges } from '../../../db/change-feed/append.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { Threshold } from '../alerts/stock-mood.ts';

/** Topic of the change rows that say that a channel's rule, or the use of its quota, is another; their scope is the channel. */
export const ruleTopic = 'rule';

/** Topic of the change rows that say that a threshold is another; their scope is whose it is. */
export const thresholdTopic = 'threshold';

/** What such a row says: whose, and of which SKU ('' for all). */
export interface RuleChangePayload {
  readonly scopeKind: 'LOCATION' | 'CHANNEL';
  readonly scopeId: string;
  readonly sku: string;
}

/** What a row of thresholds says: all that one command set, null for what it removed. A row of an earlier release is of one SKU, and lacks it. */
export interface ThresholdChangePayload extends RuleChangePayload {
  readonly set?: readonly { readonly sku: string; readonly rule: Threshold | null }[];
}

/** Puts into the feed that rules have changed, so that whoever derives something from them looks again, in order. */
export async function announceRules(
  trx: Transaction<InventoryDatabase>,
  topic: typeof ruleTopic | typeof thresholdTopic,
  rules: readonly ((RuleChangePayload | ThresholdChangePayload) & { readonly version: number })[],
): Promise<void> {
  await appendChanges(
    trx,
    rules.map(({ version, ...payload }) => ({
      topic,
      scope: `${payload.scopeKind}/${payload.scopeId}`,
      key: `${payload.scopeKind}/${payload.scopeId}/${payload.sku}`,
      version,
      payload,
    })),
  );
}
