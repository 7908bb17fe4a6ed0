import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { lockQuotas } from '../locks.ts';
import { announceRules, ruleTopic } from './announce-rule.ts';

/**
 * Counts goods that a channel has sold already under the quotas that ran then, also beyond what they allow: a fact is never refused. Their levels
 * must be locked before. Says so in the feed where a quota is exceeded.
 */
export async function countSold(
  trx: Transaction<InventoryDatabase>,
  channelId: string,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
  occurredAt: Date,
): Promise<void> {
  const sold = new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
  const asked = lines.map(({ sku }) => ({ channelId, sku }));
  const quotas = await lockQuotas(trx, asked, [], occurredAt);
  if (quotas.length === 0) return;
  const after = quotas.map((quota) => ({ ...quota, used: quota.used + (sold.get(quota.sku) ?? 0) }));
  await sql`
    update channel_quota set used = after.used
      from unnest(${after.map(({ id }) => id)}::bigint[], ${after.map(({ used }) => used)}::integer[]) as after (id, used)
     where channel_quota.id = after.id`.execute(trx);
  const exceeded = after.filter(({ used, units }) => used > units);
  await announceRules(
    trx,
    ruleTopic,
    exceeded.map(({ sku, version }) => ({ scopeKind: 'CHANNEL', scopeId: channelId, sku, version })),
  );
}
