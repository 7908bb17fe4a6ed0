import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { sql, type Transaction } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { appendChanges } from '../../../db/change-feed/append.ts';
import { ensureEpoch, raiseEpoch, readFeedState } from '../../../db/change-feed/feed-state.ts';
import { lockFeedState } from '../../../db/change-feed/locks.ts';
import { openTail, type Tail } from '../../../db/change-feed/open-tail.ts';
import type { Position } from '../../../db/change-feed/position.ts';
import { pruneChanges } from '../../../db/change-feed/prune.ts';
import { readChanges } from '../../../db/change-feed/read.ts';
import { sequenceChanges } from '../../../db/change-feed/sequence.ts';
import { readSnapshot } from '../../../db/change-feed/snapshot.ts';
import { startSequencer } from '../../../db/change-feed/start-sequencer.ts';
import type { ChangeFeedDatabase } from '../../../db/change-feed/tables.ts';
import { connectAs } from '../../../db/connect.ts';
import { inTransaction } from '../../../db/transaction.ts';
import { chooseDatabaseName, createTestDatabase, type TestDatabase } from '../../support/create-test-database.ts';
import { type Script, startScript } from '../../support/start-script.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { apply, expectDense, makeShelf, readVersions, type ShelfConnection, type Write, write } from './shelf.ts';

const scopes = ['berlin', 'paris'] as const;
const interest = { topic: 'shelf', scopes: ['berlin'] };
const runSequencer = fileURLToPath(new URL('./run-sequencer.ts', import.meta.url));

let database: TestDatabase;
let connection: ShelfConnection;
let cleanups: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  connection = database.connectAs('orders', { poolSize: 12, statementTimeoutMs: 20_000 });
  await makeShelf(database, scopes, 8);
  cleanups = [];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
  await database.close();
});

const one = (scope: string, ...keys: number[]): Write => ({ scope, keys, holdMs: 0, isRolledBack: false });
const numbersOf = async () =>
  (
    await database.query<{ number: number; key: string; version: number }>(
      'select number, key, version from orders.change order by number nulls last, id',
    )
  ).map(({ number, key, version }) => [number, key, version]);

function openTestTail(pollMs = 1_000): Tail {
  const tail = openTail({ db: connection.db, owner: 'orders', createClient: connection.createClient, pollMs });
  cleanups.push(() => tail.close());
  return tail;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function startSequencerProcess(): Script {
  const script = startScript(runSequencer, [database.url]);
  cleanups.push(async () => {
    script.kill('SIGCONT');
    script.kill('SIGKILL');
    await script.ended();
  });
  return script;
}

async function waitUntilNumbered(count: number): Promise<void> {
  await waitUntil(
    `${count} changes are numbered`,
    async () => (await readFeedState(connection.db)).number >= count,
    20_000,
  );
}

describe('sequencing', () => {
  test('numbers what is committed, in the order of writing, without holes', async () => {
    await write(connection.db, one('berlin', 1, 2));
    await write(connection.db, { ...one('paris', 1), isRolledBack: true });
    await write(connection.db, one('berlin', 1));
    expect(await sequenceChanges(connection.db)).toBe(3);
    expect(await sequenceChanges(connection.db)).toBe(0);
    expect(await numbersOf()).toEqual([
      [1, 'berlin/1', 1],
      [2, 'berlin/2', 1],
      [3, 'berlin/1', 2],
    ]);
  });

  test('a late committer is neither skipped nor put before what readers have already seen', async () => {
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const { promise: hasWritten, resolve: wrote } = Promise.withResolvers<void>();
    const late = inTransaction(connection.db, async (trx) => {
      const change = { topic: 'shelf', scope: 'berlin', key: 'berlin/late', version: 1, payload: { late: true } };
      await appendChanges(trx, [change]);
      wrote();
      await mayCommit;
    });
    await hasWritten;
    await write(connection.db, one('berlin', 1));
    await sequenceChanges(connection.db);
    const start = { epoch: (await readFeedState(connection.db)).epoch, number: 0 };
    const before = await readChanges(connection.db, start, { interest, limit: 10 });
    expect(before).toMatchObject({ changes: [{ number: 1, key: 'berlin/1' }], position: { number: 1 } });
    commit();
    await late;
    await sequenceChanges(connection.db);
    const position = before.kind === 'changes' ? before.position : start;
    expect(await readChanges(connection.db, position, { interest, limit: 10 })).toMatchObject({
      changes: [{ number: 2, key: 'berlin/late', payload: { late: true } }],
      position: { number: 2 },
      isComplete: true,
    });
  });

  test('two at once number everything once', async () => {
    const [one_, two] = [startSequencer(connection.db), startSequencer(connection.db)];
    cleanups.push(
      () => one_.close(),
      () => two.close(),
    );
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => write(connection.db, one('berlin', (index % 8) + 1, 3))),
    );
    const total =
      (await database.query<{ count: number }>('select count(*) as count from orders.change'))[0]?.count ?? 0;
    await waitUntilNumbered(total);
    expect(await expectDense(database)).toBe(total);
  });

  test('one that was paused holds nobody up', async () => {
    const paused = startSequencerProcess();
    await paused.nextLine();
    await write(connection.db, one('berlin', 1));
    await waitUntilNumbered(1);
    // Again and again, so that it is also caught in the middle of a step.
    for (let round = 2; round <= 12; round++) {
      const writing = write(connection.db, one('berlin', 1));
      paused.kill('SIGSTOP');
      await writing;
      const other = startSequencer(connection.db);
      await waitUntilNumbered(round);
      await other.close();
      paused.kill('SIGCONT');
    }
    expect(await expectDense(database)).toBe(12);
  });

  test('one that was killed leaves no hole, and another goes on', async () => {
    let written = 0;
    const stop = new AbortController();
    const writing = (async () => {
      while (!stop.signal.aborted) {
        await write(connection.db, one('berlin', (written % 8) + 1));
        written += 1;
      }
    })();
    for (let round = 0; round < 4; round++) {
      const script = startSequencerProcess();
      await script.nextLine();
      await waitUntilNumbered(written + 5);
      script.kill('SIGKILL');
      await script.ended();
    }
    stop.abort();
    await writing;
    while ((await sequenceChanges(connection.db)) > 0);
    expect(await expectDense(database)).toBe(written);
  }, 60_000);

  test('a holder of the fence that stalls loses it', async () => {
    await write(connection.db, one('berlin', 1));
    const stalling = inTransaction(connection.db, async (stalled) => {
      await sql`set local idle_in_transaction_session_timeout = '300ms'`.execute(stalled);
      await lockFeedState(stalled as unknown as Transaction<ChangeFeedDatabase>);
      expect(await sequenceChanges(connection.db)).toBe(1);
    });
    await expect(stalling).rejects.toThrow();
    expect(await expectDense(database)).toBe(1);
  });
});

/** Any mix of writers: which keys, how long before the commit, and whether it is rolled back. */
const writes = fc.array(
  fc.record({
    scope: fc.constantFrom(...scopes),
    keys: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
    holdMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 })),
    isRolledBack: fc.nat(4).map((value) => value === 0),
  }),
  { minLength: 5, maxLength: 60 },
);

/** Any mix of readers: of which scope, how many changes in one item, and how long after the writers began. */
const readersOf = fc.array(
  fc.record({
    scope: fc.constantFrom(...scopes),
    limit: fc.integer({ min: 1, max: 7 }),
    startMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
  }),
  { minLength: 1, maxLength: 6 },
);

async function hammer(list: readonly Write[], writers: number): Promise<void> {
  const queue = [...list];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await write(connection.db, next);
  };
  await Promise.all(Array.from({ length: writers }, work));
}

test('no gap, no double, no reordering within a key, for every reader, whatever the writers do', async () => {
  const sequencers = [startSequencer(connection.db), startSequencer(connection.db)];
  for (const sequencer of sequencers) cleanups.push(() => sequencer.close());
  const tail = openTestTail();
  await fc.assert(
    fc.asyncProperty(writes, readersOf, async (list, chosen) => {
      const stop = new AbortController();
      const readers = chosen.map(({ scope, ...rest }) => ({ scope, ...rest, versions: new Map<string, number>() }));
      const reading = readers.map(async (reader) => {
        await delay(reader.startMs);
        const { value, position } = await readSnapshot(connection.db, (view) => readVersions(view, reader.scope));
        reader.versions = value;
        let after = position.number;
        const mine = { topic: 'shelf', scopes: [reader.scope] };
        for await (const item of tail.read(position, { interest: mine, signal: stop.signal, limit: reader.limit })) {
          if (item.kind === 'restart') throw new Error(`A reader was sent away: ${item.reason}`);
          if (item.kind === 'changes') after = apply(reader.versions, item.changes, after);
          if (item.position.number < after) throw new Error('A position went back');
        }
      });
      const read = Promise.all(reading);
      await hammer(list, 6);
      const expected = new Map<string, Map<string, number>>();
      for (const scope of scopes) expected.set(scope, await readVersions(connection.db, scope));
      const haveAll = () => readers.every(({ scope, versions }) => isDeepStrictEqual(versions, expected.get(scope)));
      // A reader that fails ends the wait with its own error.
      await Promise.race([waitUntil('every reader has every change', haveAll), read]);
      await waitUntil('all is numbered', () =>
        expectDense(database).then(
          () => true,
          () => false,
        ),
      );
      stop.abort();
      await read;
    }),
    { numRuns: 20, endOnFailure: true },
  );
}, 120_000);

test('a snapshot and the changes after it fit together, while everything moves', async () => {
  const sequencer = startSequencer(connection.db);
  cleanups.push(() => sequencer.close());
  const stop = new AbortController();
  const writing = Promise.all(
    [1, 2, 3, 4].map(async (first) => {
      while (!stop.signal.aborted) await write(connection.db, one('berlin', first, first + 4));
    }),
  );
  const snapshots: { versions: Map<string, number>; position: Position }[] = [];
  for (let count = 0; count < 40; count++) {
    const { value: versions, position } = await readSnapshot(connection.db, (view) => readVersions(view, 'berlin'));
    snapshots.push({ versions, position });
  }
  // As many at once as the pool has connections: each needs two.
  const crowd = await Promise.all(
    Array.from({ length: 24 }, () => readSnapshot(connection.db, (view) => readVersions(view, 'berlin'))),
  );
  snapshots.push(...crowd.map(({ value: versions, position }) => ({ versions, position })));
  stop.abort();
  await writing;
  while ((await sequenceChanges(connection.db)) > 0);
  const final = await readVersions(connection.db, 'berlin');
  for (const { versions, position } of snapshots) {
    let at = position;
    for (let isComplete = false; !isComplete; ) {
      const result = await readChanges(connection.db, at, { interest, limit: 5_000 });
      if (result.kind === 'restart') throw new Error(result.reason);
      apply(versions, result.changes, at.number);
      ({ position: at, isComplete } = result);
    }
    expect(versions).toEqual(final);
  }
  await expectDense(database);
}, 60_000);

describe('reading', () => {
  test('gives a scope its own changes only, and moves on over the others’', async () => {
    for (let round = 0; round < 5; round++) await write(connection.db, one(round % 2 === 0 ? 'berlin' : 'paris', 1));
    await sequenceChanges(connection.db);
    const { epoch } = await readFeedState(connection.db);
    const read = (scopeList: string[], limit: number, number = 0) =>
      readChanges(connection.db, { epoch, number }, { interest: { topic: 'shelf', scopes: scopeList }, limit });
    expect(await read(['berlin'], 2)).toMatchObject({ position: { number: 3 }, isComplete: false });
    expect(await read(['paris'], 2, 4)).toMatchObject({ changes: [], position: { number: 5 }, isComplete: true });
    expect(await read(['paris', 'berlin'], 9)).toMatchObject({
      changes: [1, 2, 3, 4, 5].map((number) => ({ number })),
    });
    expect(await read([], 9)).toMatchObject({ changes: [], position: { number: 5 } });
    expect(
      await readChanges(
        connection.db,
        { epoch, number: 0 },
        { interest: { topic: 'other', scopes: ['berlin'] }, limit: 9 },
      ),
    ).toMatchObject({ changes: [] });
  });

  test('a large commit is numbered and read in steps', async () => {
    await sql`
      insert into change (topic, scope, key, version, payload)
      select 'shelf', case when n = 23000 then 'berlin' else 'paris' end, n::text, 1, '{}' from generate_series(1, 23000) n
    `.execute(connection.db);
    const sequencer = startSequencer(connection.db);
    cleanups.push(() => sequencer.close());
    await waitUntilNumbered(23_000);
    const stop = new AbortController();
    const { epoch } = await readFeedState(connection.db);
    for await (const item of openTestTail().read({ epoch, number: 0 }, { interest, signal: stop.signal })) {
      expect(item).toMatchObject({ kind: 'changes', changes: [{ number: 23_000, key: '23000' }] });
      stop.abort();
    }
  });
});

describe('retention', () => {
  const count = async () =>
    (
      await database.query<{ numbers: number[] }>(
        'select array_agg(number order by number) as numbers from orders.change',
      )
    )[0]?.numbers;

  test('keeps the newest, by count and by age, and says so to those who are behind', async () => {
    for (let round = 1; round <= 10; round++) await write(connection.db, one('berlin', 1));
    await sequenceChanges(connection.db);
    const { epoch } = await readFeedState(connection.db);
    expect(await pruneChanges(connection.db, { maxAgeMs: 60_000, maxCount: 6 })).toBe(4);
    expect(await count()).toEqual([5, 6, 7, 8, 9, 10]);

    await database.query(
      `update orders.change set recorded_at = now() - interval '1 hour' where number <= 7 or number = 9`,
    );
    expect(await pruneChanges(connection.db, { maxAgeMs: 60_000, maxCount: 100 })).toBe(3);
    expect(await count()).toEqual([8, 9, 10]);

    const read = (number: number) => readChanges(connection.db, { epoch, number }, { interest, limit: 10 });
    expect(await read(6)).toEqual({ kind: 'restart', reason: 'pruned' });
    expect(await read(7)).toMatchObject({ kind: 'changes', changes: [{ number: 8 }, { number: 9 }, { number: 10 }] });
    await write(connection.db, one('berlin', 1));
    await sequenceChanges(connection.db);
    expect(await read(10)).toMatchObject({ changes: [{ number: 11 }] });
  });

  test('may remove everything, in many steps, and leaves what has no number', async () => {
    await sql`insert into change (topic, scope, key, version, payload) select 'shelf', 'berlin', n::text, 1, '{}' from generate_series(1, 12000) n`.execute(
      connection.db,
    );
    while ((await sequenceChanges(connection.db)) > 0);
    await write(connection.db, one('berlin', 1));
    expect(await pruneChanges(connection.db, { maxAgeMs: 60_000, maxCount: 0 })).toBe(12_000);
    expect(await sequenceChanges(connection.db)).toBe(1);
    expect(await count()).toEqual([12_001]);
  });

  test('a reader that falls behind is told, in the middle of reading', async () => {
    const tail = openTestTail();
    const { epoch } = await readFeedState(connection.db);
    for (let round = 1; round <= 3; round++) await write(connection.db, one('berlin', 1));
    await sequenceChanges(connection.db);
    await pruneChanges(connection.db, { maxAgeMs: 60_000, maxCount: 1 });
    const items = await collect(tail.read({ epoch, number: 1 }, { interest, signal: AbortSignal.timeout(10_000) }));
    expect(items).toEqual([{ kind: 'restart', reason: 'pruned' }]);
  });
});

describe('a restore', () => {
  test('into another database begins a new life; the same database does not', async () => {
    await write(connection.db, one('berlin', 1));
    await sequenceChanges(connection.db);
    expect(await ensureEpoch(connection.db)).toBe(false);
    const before = await readFeedState(connection.db);

    const copyName = await chooseDatabaseName();
    const copyUrl = new URL(database.url);
    copyUrl.pathname = `/${copyName}`;
    const admin = new pg.Client({ connectionString: inject('databaseServerUrl') });
    await admin.connect();
    await connection.close(); // a database in use cannot be copied
    await database.query('select 1');
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      new URL(database.url).pathname.slice(1),
    ]);
    await admin.query(`create database ${copyName} template ${new URL(database.url).pathname.slice(1)}`);
    const copy = connectAs(copyUrl.href, 'orders');
    try {
      expect(await readFeedState(copy.db)).toEqual(before);
      expect(await ensureEpoch(copy.db)).toBe(true);
      const after = await readFeedState(copy.db);
      expect(after).toMatchObject({ number: before.number });
      expect(after.epoch).toBeGreaterThan(before.epoch);
      expect(await readChanges(copy.db, before, { interest, limit: 1 })).toEqual({
        kind: 'restart',
        reason: 'restored',
      });
    } finally {
      await copy.close();
      await admin.query(`drop database ${copyName} with (force)`);
      await admin.end();
    }
  });

  test('a number that this life has not reached yet is from another', async () => {
    const { epoch } = await readFeedState(connection.db);
    expect(await readChanges(connection.db, { epoch, number: 5 }, { interest, limit: 1 })).toEqual({
      kind: 'restart',
      reason: 'restored',
    });
  });

  test('sends readers away that are in the middle of it', async () => {
    const tail = openTestTail(20);
    const sequencer = startSequencer(connection.db);
    cleanups.push(() => sequencer.close());
    await write(connection.db, one('berlin', 1));
    await waitUntilNumbered(1);
    const start = { epoch: (await readFeedState(connection.db)).epoch, number: 0 };
    const kinds: string[] = [];
    for await (const item of tail.read(start, { interest, signal: AbortSignal.timeout(10_000) })) {
      kinds.push(item.kind === 'restart' ? item.reason : item.kind);
      if (item.kind === 'changes') await raiseEpoch(connection.db);
    }
    expect(kinds).toEqual(['changes', 'restored']);
  });
});

describe('the tail', () => {
  test('wakes readers at once, and costs one statement for all of them', async () => {
    const statements: string[] = [];
    const counted = database.connectAs('orders', {
      poolSize: 4,
      onStatement: ({ sql: text }) => statements.push(text),
    });
    const tail = openTail({ db: counted.db, owner: 'orders', createClient: counted.createClient, pollMs: 60_000 });
    cleanups.push(() => tail.close());
    const sequencer = startSequencer(connection.db);
    cleanups.push(() => sequencer.close());
    await write(connection.db, one('berlin', 1));
    await waitUntilNumbered(1);
    const stop = new AbortController();
    const start = await readFeedState(connection.db);
    let readers = 0;
    const received: number[] = [];
    const reading = Array.from({ length: 50 }, async () => {
      for await (const item of tail.read(start, { interest, signal: stop.signal, idleMs: 200 })) {
        if (item.kind === 'changes') received.push(...item.changes.map((change) => change.number));
        else readers += 1;
      }
    });
    await waitUntil('all have looked and wait', () => readers >= 50);
    statements.length = 0;
    const begun = performance.now();
    await write(connection.db, one('berlin', 2));
    await waitUntil('all have it', () => received.length === 50);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(new Set(received)).toEqual(new Set([2]));
    expect(statements.length).toBeLessThanOrEqual(3);
    stop.abort();
    await Promise.all(reading);
  });

  test('says where it is while nothing of interest happens', async () => {
    const sequencer = startSequencer(connection.db);
    cleanups.push(() => sequencer.close());
    const tail = openTestTail();
    const stop = new AbortController();
    await write(connection.db, one('berlin', 1));
    await waitUntilNumbered(1);
    const start = await readFeedState(connection.db);
    await write(connection.db, one('paris', 1));
    await waitUntilNumbered(2);
    for await (const item of tail.read(start, { interest, signal: stop.signal, idleMs: 50 })) {
      expect(item.kind).toBe('idle');
      if (item.kind === 'idle' && item.position.number === 2) stop.abort();
    }
  });

  test('goes on when its connections are cut, and when nobody wakes it', async () => {
    const tail = openTestTail(50);
    const start = await readFeedState(connection.db);
    const stop = new AbortController();
    const received: number[] = [];
    const reading = (async () => {
      for await (const item of tail.read(start, { interest, signal: stop.signal })) {
        if (item.kind === 'changes') received.push(...item.changes.map((change) => change.number));
      }
    })();
    for (let number = 1; number <= 3; number++) {
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'oneshelf orders' and datname = current_database()`,
      );
      await waitUntil('the pool is back', () =>
        write(connection.db, one('berlin', 1)).then(
          () => true,
          () => false,
        ),
      );
      await sequenceChanges(connection.db); // nobody notifies
      await waitUntil('it arrives', () => received.length === number);
    }
    expect(received).toEqual([1, 2, 3]);
    stop.abort();
    await reading;
  });

  test('ends its readers when it is closed', async () => {
    const tail = openTestTail();
    const reading = collect(
      tail.read(await readFeedState(connection.db), { interest, signal: new AbortController().signal }),
    );
    await delay(20);
    await tail.close();
    await tail.close();
    expect(await reading).toEqual([]);
  });
});
