import { sql, type Transaction } from 'kysely';
import type { Change, Position } from '../../../db/change-feed/position.ts';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { ruleTopic, type ThresholdChangePayload, thresholdTopic } from '../channel-rules/announce-rule.ts';
import { stockTopic } from '../feed/stock-change.ts';

/** What alerts may come of, after a place in the feed; undefined when the feed cannot be gone on with from there. */
export interface News {
  readonly changes: readonly Change[];
  readonly position: Position;
}

/** How many numbers one look passes, and how many changes it takes: bounds a transaction for somebody who is far behind. */
const window = 10_000;
const maxChanges = 500;

/** Whether a change is of a location's threshold. Those of channels say that something is to be looked at, like other rules. */
export function isThreshold({ topic, payload }: Change): boolean {
  return topic === thresholdTopic && (payload as ThresholdChangePayload).scopeKind === 'LOCATION';
}

/**
 * The next changes that somebody watches: of levels with a threshold, an open alert or a shortfall, and of thresholds and rules. The others
 * are left out in the database, so that a sale of what nobody watches costs next to nothing here. What is watched changes with a threshold of a location, so these come
 * by themselves: all changes of one answer are to be judged by the same thresholds.
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
               or exists (select from stock_threshold_in_force where location_id = change.scope and sku in ('', payload ->> 'sku'))
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
  const turn = takeTurn(changes);
  const isAll = turn.length === changes.length && changes.length < maxChanges && !turn.some(isThreshold);
  return { changes: turn, position: { epoch, number: isAll ? lookedAtTo : (turn.at(-1)?.number ?? lookedAtTo) } };
}

/** The changes before the first threshold, or that threshold by itself. */
function takeTurn(changes: readonly Change[]): readonly Change[] {
  const first = changes.findIndex(isThreshold);
  return first === -1 ? changes : changes.slice(0, Math.max(1, first));
}
