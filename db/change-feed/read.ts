import { type Kysely, sql } from 'kysely';
import type { Change, Interest, Position, RestartReason } from './position.ts';
import type { ChangeFeedDatabase } from './tables.ts';

export type ReadResult =
  | {
      readonly kind: 'changes';
      readonly changes: readonly Change[];
      /** Where to go on. It moves on even when nothing of interest was found. */
      readonly position: Position;
      /** Nothing more for now. */
      readonly isComplete: boolean;
    }
  | { readonly kind: 'restart'; readonly reason: RestartReason };

/** How many numbers one read looks at: bounds its cost for somebody who wants one scope of many and is far behind. */
const window = 10_000;

/**
 * Reads what comes after a position, in order and without holes, at most `limit` changes; without an interest, everything.
 * One statement, so that the changes, the last number and what was pruned are of one moment.
 */
export async function readChanges(
  db: Kysely<ChangeFeedDatabase>,
  after: Position,
  options: {
    readonly interest?: Interest | undefined;
    readonly limit: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<ReadResult> {
  const { interest, limit, signal } = options;
  const wanted =
    interest === undefined
      ? sql`true`
      : sql`topic = ${interest.topic} and scope = any(${sql.val([...interest.scopes])}::text[])`;
  const { rows } = await sql<Row>`
    select state.epoch, state.last_number as "lastNumber", state.pruned_to as "prunedTo", found.*
    from change_feed_state as state
    left join lateral (
      select number, topic, scope, key, version, payload, recorded_at as "recordedAt" from change
      where number > ${after.number} and number <= least(state.last_number, ${after.number}::bigint + ${window}) and ${wanted}
      order by number limit ${limit}
    ) as found on true
    order by found.number
  `.execute(db, signal === undefined ? {} : { signal });
  return toResult(rows, after, limit);
}

interface Row extends Omit<Change, 'number'> {
  readonly epoch: number;
  readonly lastNumber: number;
  readonly prunedTo: number;
  /** Null in the one row there is when nothing was found. */
  readonly number: number | null;
}

function toResult(rows: readonly Row[], after: Position, limit: number): ReadResult {
  const state = rows[0];
  if (state === undefined) throw new Error('change_feed_state has lost its row');
  if (state.epoch !== after.epoch || after.number > state.lastNumber) return { kind: 'restart', reason: 'restored' };
  if (after.number < state.prunedTo) return { kind: 'restart', reason: 'pruned' };
  const changes = rows.flatMap(({ epoch, lastNumber, prunedTo, number, ...change }) =>
    number === null ? [] : [{ number, ...change }],
  );
  const lookedAtTo = Math.min(state.lastNumber, after.number + window);
  const number = changes.length === limit ? (changes.at(-1)?.number ?? lookedAtTo) : lookedAtTo;
  return {
    kind: 'changes',
    changes,
    position: { epoch: state.epoch, number },
    isComplete: number === state.lastNumber,
  };
}
