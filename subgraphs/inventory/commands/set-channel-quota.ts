import { type Kysely, type Selectable, sql } from 'kysely';
import type { ChannelQuotaTable, InventoryDatabase } from '../../../db/tables/inventory.ts';
import { type RuleOutcome, tryRule } from '../channel-rules/try-rule.ts';
import type { StockRequest } from './run-stock-command.ts';

export interface QuotaRule {
  readonly channelId: string;
  readonly sku: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly units: number;
  readonly expectedVersion: number | undefined;
  readonly dryRun: boolean;
}

/** Sets or changes what a channel may sell of a variant in a time. No two of a variant overlap. */
export function setChannelQuota(
  db: Kysely<InventoryDatabase>,
  rule: QuotaRule,
  request: StockRequest,
  signal: AbortSignal,
): Promise<RuleOutcome<Selectable<ChannelQuotaTable>>> {
  const { channelId, sku, dryRun, expectedVersion } = rule;
  const [from, to] = [rule.startsAt.toISOString(), rule.endsAt.toISOString()];
  const trial = {
    channelId,
    sku,
    dryRun,
    write: async (trx: Kysely<InventoryDatabase>) => {
      const { rows: others } = await sql<{ version: number; is_same: boolean }>`
        select version, starts_at = ${from}::timestamptz as is_same from channel_quota
         where channel_id = ${channelId} and sku = ${sku}
           and starts_at < ${to}::timestamptz and ends_at > ${from}::timestamptz`.execute(trx);
      if (others.some((other) => !other.is_same)) {
        const message = 'Another quota of this variant runs at that time.';
        return [{ kind: 'OUT_OF_RANGE', message, path: ['input', 'startsAt'] } as const];
      }
      const currentVersion = others[0]?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
        return [{ kind: 'VERSION_CONFLICT', currentVersion, path: ['input', 'expectedVersion'] } as const];
      }
      const { rows } = await sql<Selectable<ChannelQuotaTable>>`
        insert into channel_quota (channel_id, sku, starts_at, ends_at, units)
        values (${channelId}, ${sku}, ${from}::timestamptz, ${to}::timestamptz, ${rule.units})
            on conflict (channel_id, sku, starts_at) do update
           set ends_at = excluded.ends_at, units = excluded.units, version = channel_quota.version + 1
        returning *`.execute(trx);
      return { rule: rows[0] ?? null };
    },
  };
  return tryRule(db, trial, request, signal);
}
