import { type Kysely, sql } from 'kysely';
import type { GatewayDatabase } from '../tables/gateway.ts';

/** How often minutes that are over are taken out, and how many at a time. */
const pruneEveryMs = 60_000;
const prunedAtOnce = 10_000;

/** Where several gateways add up what their callers spend in a minute, by the database's clock. */
export function createBudgetStore(db: Kysely<GatewayDatabase>) {
  let prunedAt = performance.now();
  const minute = sql<Date>`now() + interval '1 minute'`;
  const prune = async (): Promise<void> => {
    prunedAt = performance.now();
    const over = db.selectFrom('budget').select('key').where('ends_at', '<', sql<Date>`now()`);
    await db.deleteFrom('budget').where('key', 'in', over.limit(prunedAtOnce).forUpdate().skipLocked()).execute();
  };
  return {
    /** Adds to a caller's minute, which begins with the first that is added, and gives the sum and what is left of the minute. */
    async spend(key: string, cost: number): Promise<{ readonly spent: number; readonly leftMs: number }> {
      if (performance.now() - prunedAt >= pruneEveryMs) await prune();
      const isOver = sql<boolean>`budget.ends_at <= now()`;
      const row = await db
        .insertInto('budget')
        .values({ key, spent: cost, ends_at: minute })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            spent: sql<string>`case when ${isOver} then excluded.spent else budget.spent + excluded.spent end`,
            ends_at: sql<Date>`case when ${isOver} then excluded.ends_at else budget.ends_at end`,
          }),
        )
        .returning(['spent', sql<number>`(extract(epoch from ends_at - now()) * 1000)::float8`.as('left_ms')])
        .executeTakeFirstOrThrow();
      return { spent: Number(row.spent), leftMs: row.left_ms };
    },
  };
}
