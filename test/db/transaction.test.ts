import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../db/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../support/create-test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.query('create table orders.counter (id int primary key, value int not null)');
  await database.query('grant all on orders.counter to oneshelf_orders');
  await database.query('insert into orders.counter values (1, 0), (2, 0)');
});
afterAll(() => database.close());

test('is everything or nothing', async () => {
  const { db } = database.connectAs('orders');
  const work = inTransaction(db, async (trx) => {
    await sql`update counter set value = 100 where id = 1`.execute(trx);
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await database.query('select value from orders.counter where id = 1')).toEqual([{ value: 0 }]);
});

test('runs again what lost a race, until all have counted', async () => {
  const { db } = database.connectAs('orders', { poolSize: 5 });
  let runs = 0;
  const countUp = () =>
    inTransaction(
      db,
      async (trx) => {
        runs += 1;
        const { rows } = await sql<{ value: number }>`select value from counter where id = 1`.execute(trx);
        await sql`update counter set value = ${Number(rows[0]?.value) + 1} where id = 1`.execute(trx);
      },
      { isolation: 'serializable', attempts: 50 },
    );
  await Promise.all(Array.from({ length: 10 }, countUp));
  expect(await database.query('select value from orders.counter where id = 1')).toEqual([{ value: 10 }]);
  expect(runs).toBeGreaterThan(10);
});

test('gets out of a deadlock', async () => {
  const { db } = database.connectAs('orders', { statementTimeoutMs: 10_000 });
  let arrived = 0;
  let open = () => {};
  const bothHoldOne = new Promise<void>((resolve) => {
    open = resolve;
  });
  const add = (first: number, second: number) =>
    inTransaction(db, async (trx) => {
      await sql`update counter set value = value + 1 where id = ${first}`.execute(trx);
      arrived += 1;
      if (arrived === 2) open();
      await bothHoldOne;
      await sql`update counter set value = value + 1 where id = ${second}`.execute(trx);
    });
  await Promise.all([add(1, 2), add(2, 1)]);
  expect(arrived).toBe(3);
  expect(await database.query('select value from orders.counter where id = 2')).toEqual([{ value: 2 }]);
});

test('gives up after a number of attempts, and when told to', async () => {
  const { db } = database.connectAs('orders');
  let runs = 0;
  const lose = async () => {
    runs += 1;
    throw Object.assign(new Error('lost'), { code: '40001' });
  };
  await expect(inTransaction(db, lose, { attempts: 3 })).rejects.toThrow('lost');
  expect(runs).toBe(3);
  await expect(inTransaction(db, lose, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  expect(runs).toBe(3);
});
