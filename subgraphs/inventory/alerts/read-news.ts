import { sql, type Transaction } from 'kysely';
import type { Change, Position } from '../../../db/change-feed/position.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { ruleTopic, thresholdTopic } from '../channel-rules/announce-rule.ts';
import { stockTopic } from '../feed/stock-change.ts';

/** What alerts may come of, after a place in the feed; undefined when the feed cannot be gone on with from there. */
export interface News {
  readonly changes: readonly Change[];
  readonly position: Position;
}

/** How many numbers one look passes, and how many changes it takes: bounds a transaction for somebody who is far behind. */
const window = 10_000;
const maxChanges = 500;

/**
 * The next changes that somebody watches: of levels with a threshold, an open alert or a shortfall, and of thresholds and rules. The others
 * are left out in the database, so that a sale of what nobody watches costs next to nothing here.
 */
export async function readNews(trx: Transaction<InventoryDatabase>, after: Position): Promise<News | undefined> {
  const { rows } = await sql<
    Omit<Change, 'number'> & { epoch: number; lastNumber: number; prunedTo: number; number: number | null }
  >`
    select state.epoch, state.last_number as "lastNumber", state.pruned_to as "prunedTo", found.*
      from change_feed_state as state
      left join lateral (
        select number, topic, scope, key, version, payload, recorded_at as "recordedAt" from change
         where number > ${after.number} and number <= least(state.last_number, ${after.number}::bigint + ${window})
           and case topic
             when ${stockTopic} then (payload ->> 'shortfall')::integer > 0
               or exists (select from stock_threshold where scope_kind = 'LOCATION' and scope_id = change.scope
                             and sku in ('', payload ->> 'sku'))
               or exists (select from channel_location
                            join stock_threshold on scope_kind = 'CHANNEL' and scope_id = channel_id and sku in ('', payload ->> 'sku')
                           where location_id = change.scope)
               or exists (select from stock_alert where closed_at is null and scope_kind = 'LOCATION' and scope_id = change.scope
                             and sku = payload ->> 'sku')
             else topic in (${ruleTopic}, ${thresholdTopic}) end
         order by number limit ${maxChanges}) as found on true
     order by found.number`.execute(trx);
  const [state] = rows;
  if (state === undefined) throw new Error('change_feed_state has lost its row');
  const { epoch, lastNumber, prunedTo } = state;
  if (epoch !== after.epoch || after.number > lastNumber || after.number < prunedTo) return undefined;
  const changes = rows.flatMap(({ number, ...change }) => (number === null ? [] : [{ ...change, number }]));
  const lookedAtTo = Math.min(lastNumber, after.number + window);
  const number = changes.length === maxChanges ? (changes.at(-1)?.number ?? lookedAtTo) : lookedAtTo;
  return { changes, position: { epoch, number } };
}
