import { type ControlledTransaction, type Kysely, sql, type Transaction } from 'kysely';
import { lockFeedState } from './locks.ts';
import type { Position } from './position.ts';
import { sequenceBatch, sequenceChanges, wakeReaders } from './sequence.ts';
import type { ChangeFeedDatabase } from './tables.ts';

/**
 * Reads state and the feed's position in one moment: `read` sees exactly what the changes up to the position made, so the changes after
 * it continue the state without a hole and without telling anything twice.
 *
 * A repeatable-read transaction alone is not enough: it also sees changes that are committed and have no number yet, which would
 * come again after the position. So, holding the fence, a transaction is opened whose view is fixed, and just what it sees without a
 * number is numbered; then the fence is let go (some milliseconds), and `read` has the view for itself. Takes two connections, for
 * one caller at a time in each process: others wait without one.
 */
export async function readSnapshot<DB extends ChangeFeedDatabase, Value>(
  db: Kysely<DB>,
  read: (view: Transaction<DB>, position: Position) => Promise<Value>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<{ readonly position: Position; readonly value: Value }> {
  const { view, position } = await takeTurn(db, () => fixView(db, options.signal));
  try {
    options.signal?.throwIfAborted();
    return { position, value: await read(view, position) };
  } finally {
    await view.rollback().execute();
  }
}

interface FixedView<DB> {
  readonly view: ControlledTransaction<DB>;
  readonly position: Position;
}

async function fixView<DB extends ChangeFeedDatabase>(
  db: Kysely<DB>,
  signal: AbortSignal | undefined,
): Promise<FixedView<DB>> {
  const feed = db as unknown as Kysely<ChangeFeedDatabase>;
  // What has piled up is numbered in bounded steps first; at most a step's worth is left for below, however fast the writers are.
  while ((await sequenceChanges(feed)) === sequenceBatch) signal?.throwIfAborted();

  const fence = await feed.startTransaction().execute();
  try {
    // A process that stalls here must not stop the feed: Postgres ends its session.
    await sql`set local idle_in_transaction_session_timeout = '1s'`.execute(fence);
    const { epoch, lastNumber } = await lockFeedState(fence);
    const view = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
    try {
      const ids = await listUnnumbered(view);
      await numberThese(fence, ids, lastNumber);
      await fence.commit().execute();
      if (ids.length > 0) await wakeReaders(feed);
      return { view, position: { epoch, number: lastNumber + ids.length } };
    } catch (error) {
      await view.rollback().execute();
      throw error;
    }
  } finally {
    if (!fence.isCommitted) await fence.rollback().execute();
  }
}

async function listUnnumbered<DB extends ChangeFeedDatabase>(view: Transaction<DB>): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`select id from change where number is null order by id`.execute(view);
  return rows.map((row) => row.id);
}

async function numberThese(
  fence: Transaction<ChangeFeedDatabase>,
  ids: readonly number[],
  lastNumber: number,
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update change set number = ${lastNumber}::bigint + place
    from unnest(${sql.val(ids)}::bigint[]) with ordinality as seen (id, place) where change.id = seen.id
  `.execute(fence);
  await sql`update change_feed_state set last_number = ${lastNumber + ids.length}`.execute(fence);
}

/** One after the other for each pool: ten at once, each holding one connection and wanting a second, would wait for ever. */
const turns = new WeakMap<object, Promise<unknown>>();

async function takeTurn<Value>(pool: object, work: () => Promise<Value>): Promise<Value> {
  const before = turns.get(pool) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(pool, mine);
  return mine;
}
