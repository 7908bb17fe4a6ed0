import { type Kysely, type Selectable, sql } from 'kysely';
import type { ChannelBackOrderTable, InventoryDatabase } from '../../../db/tables/inventory.ts';
import { type RuleOutcome, tryRule } from '../channel-rules/try-rule.ts';
import { lockOrCreateLevels } from '../locks.ts';
import type { StockRequest } from './run-stock-command.ts';

export interface BackOrderRule {
  readonly channelId: string;
  readonly sku: string;
  /** Null removes the rule. */
  readonly terms: {
    readonly locationId: string;
    readonly units: number;
    readonly sellableFrom: Date | null;
    readonly expectedAt: Date | null;
  } | null;
  readonly expectedVersion: number | undefined;
  readonly dryRun: boolean;
}

export type ChannelBackOrderRow = Selectable<ChannelBackOrderTable>;

/** Sets, changes or removes how far below what is there a channel sells a variant, and from when. What was promised under it stays promised. */
export function setChannelBackOrder(
  db: Kysely<InventoryDatabase>,
  rule: BackOrderRule,
  request: StockRequest,
  signal: AbortSignal,
): Promise<RuleOutcome<ChannelBackOrderRow>> {
  const { channelId, sku, terms, expectedVersion, dryRun } = rule;
  const trial: Parameters<typeof tryRule<ChannelBackOrderRow>>[1] = {
    channelId,
    sku,
    dryRun,
    write: async (trx) => {
      const current = await trx
        .selectFrom('channel_back_order')
        .select('version')
        .where('channel_id', '=', channelId)
        .where('sku', '=', sku)
        .executeTakeFirst();
      const currentVersion = current?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== currentVersion) {
        return [{ kind: 'VERSION_CONFLICT', currentVersion, path: ['input', 'expectedVersion'] }];
      }
      if (terms === null) {
        await trx.deleteFrom('channel_back_order').where('channel_id', '=', channelId).where('sku', '=', sku).execute();
        return { rule: null };
      }
      const { locationId, units, sellableFrom, expectedAt } = terms;
      const serving = await trx
        .selectFrom('channel_location')
        .select('location_id')
        .where('channel_id', '=', channelId)
        .where('location_id', '=', locationId)
        .executeTakeFirst();
      if (serving === undefined) return [{ kind: 'NOT_FOUND', what: 'LOCATION', path: ['input', 'location'] }];
      // Holds lock the level that they promise from, so there has to be one.
      await lockOrCreateLevels(trx, [{ sku, locationId }]);
      const { rows } = await sql<ChannelBackOrderRow>`
        insert into channel_back_order (channel_id, sku, location_id, units, sellable_from, expected_at)
        values (${channelId}, ${sku}, ${locationId}, ${units}, ${sellableFrom?.toISOString() ?? null}::timestamptz,
                ${expectedAt?.toISOString() ?? null}::timestamptz)
            on conflict (channel_id, sku) do update
           set location_id = excluded.location_id, units = excluded.units, sellable_from = excluded.sellable_from,
               expected_at = excluded.expected_at, version = channel_back_order.version + 1
        returning *`.execute(trx);
      return { rule: rows[0] ?? null };
    },
  };
  return tryRule(db, trial, request, signal);
}
