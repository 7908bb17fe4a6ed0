import { type Kysely, type Selectable, sql } from 'kysely';
import type { ChannelBufferTable, InventoryDatabase } from '../../../db/tables/inventory.ts';
import { type RuleOutcome, tryRule } from '../channel-rules/try-rule.ts';
import type { StockRequest } from './run-stock-command.ts';

export interface BufferRule {
  readonly channelId: string;
  /** Undefined for the whole channel. */
  readonly sku: string | undefined;
  readonly kind: ChannelBufferTable['kind'];
  /** Null removes the rule. */
  readonly amount: number | null;
  readonly expectedVersion: number | undefined;
  readonly dryRun: boolean;
}

/** Sets, changes or removes what a channel keeps back. */
export function setChannelBuffer(
  db: Kysely<InventoryDatabase>,
  rule: BufferRule,
  request: StockRequest,
  signal: AbortSignal,
): Promise<RuleOutcome<Selectable<ChannelBufferTable>>> {
  const { channelId, sku = '', kind, amount, expectedVersion, dryRun } = rule;
  const trial = {
    channelId,
    sku: rule.sku,
    dryRun,
    write: async (trx: Kysely<InventoryDatabase>) => {
      const current = await trx
        .selectFrom('channel_buffer')
        .select('version')
        .where('channel_id', '=', channelId)
        .where('sku', '=', sku)
        .executeTakeFirst();
      const currentVersion = current?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
        return [{ kind: 'VERSION_CONFLICT', currentVersion, path: ['input', 'expectedVersion'] } as const];
      }
      if (amount === null) {
        await trx.deleteFrom('channel_buffer').where('channel_id', '=', channelId).where('sku', '=', sku).execute();
        return { rule: null };
      }
      const { rows } = await sql<Selectable<ChannelBufferTable>>`
        insert into channel_buffer (channel_id, sku, kind, amount) values (${channelId}, ${sku}, ${kind}, ${amount})
            on conflict (channel_id, sku) do update
           set kind = excluded.kind, amount = excluded.amount, version = channel_buffer.version + 1, updated_at = now()
        returning *`.execute(trx);
      return { rule: rows[0] ?? null };
    },
  };
  return tryRule(db, trial, request, signal);
}
