import { sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { stockTopic } from '../feed/stock-change.ts';
import { levelKeyText } from '../level-key.ts';
import { readAvailability } from '../queries/read-availability.ts';
import { type AlertSubject, alertSubjectText } from './stock-alert.ts';

/** A number that was looked up, not told. */
export interface Sample {
  readonly units: number;
  readonly shortfall: number;
}

/**
 * The numbers of subjects, by alertSubjectText: what is sellable at levels as it was at a place of the feed, and what channels can sell now. Nothing
 * for a level that was not there yet.
 */
export async function readSamples(
  trx: Transaction<InventoryDatabase>,
  subjects: readonly AlertSubject[],
  sequence: number,
): Promise<ReadonlyMap<string, Sample>> {
  const ofLocations = subjects.filter(({ scope }) => scope.kind === 'LOCATION');
  const ofChannels = subjects.filter(({ scope }) => scope.kind === 'CHANNEL');
  const sold = ofChannels.map(({ scope, sku }) => ({ sku, channelId: scope.id }));
  const offers = sold.length === 0 ? [] : await readAvailability(trx, sold);
  return new Map([
    ...(await readLevels(trx, ofLocations, sequence)),
    ...ofChannels.map((subject, i) => {
      const units = offers[i]?.availableToSell ?? 0;
      return [alertSubjectText(subject), { units, shortfall: 0 }] as const;
    }),
  ]);
}

/**
 * The rows may be ahead of the feed. So where the feed has more to tell of a level, its number is that of the movement before the first such
 * change: what comes is judged when it comes.
 */
async function readLevels(
  trx: Transaction<InventoryDatabase>,
  subjects: readonly AlertSubject[],
  sequence: number,
): Promise<(readonly [string, Sample])[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<Sample & { sku: string; location_id: string }>`
    with told_later as (
      select scope, key, min(version - coalesce(jsonb_array_length(payload -> 'steps'), 0)) as first from (
        select scope, key, version, payload from change where topic = ${stockTopic} and number > ${sequence}
         union all
        select scope, key, version, payload from change where topic = ${stockTopic} and number is null) as later
       group by scope, key
    )
    select asked.sku, asked.location_id, shortfall,
           coalesce(before.on_hand_after - before.unavailable_after - before.allocated_after - before.held_after
                    - before.safety_stock_after, stock_level.sellable) as units
      from unnest(${subjects.map(({ sku }) => sku)}::text[], ${subjects.map(({ scope }) => scope.id)}::text[]) as asked (sku, location_id)
      join stock_level using (sku, location_id)
      left join told_later on scope = asked.location_id and key = asked.location_id || '/' || asked.sku
      left join stock_movement as before
        on before.sku = asked.sku and before.location_id = asked.location_id and before.version = told_later.first - 1
     where told_later.first is null or before.id is not null`.execute(trx);
  return rows.map(({ sku, location_id, units, shortfall }) => [
    alertSubjectText({ scope: { kind: 'LOCATION', id: location_id }, sku }),
    { units, shortfall },
  ]);
}

/** By how much running quotas are exceeded, by levelKeyText of channel and SKU. A quota that has ended is exceeded by nothing any more. */
export async function readQuotaExcess(
  trx: Transaction<InventoryDatabase>,
  subjects: readonly AlertSubject[],
): Promise<ReadonlyMap<string, { readonly units: number; readonly threshold: number }>> {
  if (subjects.length === 0) return new Map();
  const { rows } = await sql<{ channel_id: string; sku: string; over: number; units: number }>`
    select channel_id, sku, used - units as over, units
      from unnest(${subjects.map(({ scope }) => scope.id)}::text[], ${subjects.map(({ sku }) => sku)}::text[]) as asked (channel_id, sku)
      join channel_quota using (channel_id, sku)
     where starts_at <= now() and ends_at > now()`.execute(trx);
  return new Map(
    rows.map(({ channel_id, sku, over, units }) => [
      levelKeyText({ sku, locationId: channel_id }),
      { units: over, threshold: units },
    ]),
  );
}
