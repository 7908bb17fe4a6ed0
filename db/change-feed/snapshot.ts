import { type Kysely, sql, type Transaction } from 'kysely';
import { lockFeedState } from './locks.ts';
import type { Position } from './position.ts';
import { sequenceBatch, sequenceChanges, wakeReaders } from './sequence.ts';
import type { ChangeFeedDatabase } from './tables.ts';

/**
 * Reads state and the feed's position in one moment: `read` sees exactly what the changes up to the position made, so the changes after
 * it continue the state without a hole and without telling anything twice.
 *
 * A repeatable-read transaction alone is not enough: it also sees changes that are committed and have no number yet, which would
 * come again after the position. So, holding the fence, a transaction's view is fixed, and just what it sees without a number is
 * numbered; then the fence is let go (some milliseconds), and `read` has the view for itself.
 *
 * Takes two connections until the view is fixed, then one. Callers of a pool take turns with the two: ten at once, each holding
 * one and wanting a second, would wait for ever.
 */
export async function readSnapshot<DB extends ChangeFeedDatabase, Value>(
  db: Kysely<DB>,
  read: (view: Transaction<DB>, position: Position) => Promise<Value>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<{ readonly position: Position; readonly value: Value }> {
  const { signal } = options;
  const feed = db as unknown as Kysely<ChangeFeedDatabase>;
  // What has piled up is numbered in bounded steps first; then little is left for below, however fast the writers are.
  while ((await sequenceChanges(feed)) === sequenceBatch) signal?.throwIfAborted();

  const endTurn = await takeTurn(db);
  try {
    signal?.throwIfAborted();
    const transaction = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    return await transaction.execute(async (view) => {
      const position = await fixView(feed, view);
      endTurn();
      signal?.throwIfAborted();
      return { position, value: await read(view, position) };
    });
  } finally {
    endTurn();
  }
}

/** The view of a repeatable-read transaction is fixed by its first statement: that is why `view` must not have been used yet. */
async function fixView<DB extends ChangeFeedDatabase>(
  feed: Kysely<ChangeFeedDatabase>,
  view: Transaction<DB>,
): Promise<Position> {
  const { position, count } = await feed.transaction().execute(async (fence) => {
    // A process that stalls here must not stop the feed: Postgres ends its session.
    await sql`set local idle_in_transaction_session_timeout = '1s'`.execute(fence);
    const { epoch, lastNumber } = await lockFeedState(fence);
    const ids = await listUnnumbered(view);
    await numberThese(fence, ids, lastNumber);
    return { position: { epoch, number: lastNumber + ids.length }, count: ids.length };
  });
  if (count > 0) await wakeReaders(feed);
  return position;
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

const turns = new WeakMap<object, Promise<void>>();

/** Waits until everybody before has ended his turn; gives the call that ends this one. Ending twice is safe. */
async function takeTurn(pool: object): Promise<() => void> {
  const before = turns.get(pool);
  const { promise, resolve } = Promise.withResolvers<void>();
  turns.set(pool, promise);
  await before;
  return resolve;
}
