import { sql } from 'kysely';
import { expect } from 'vitest';
import { connectAs } from '../../../db/connect.ts';
import { checkStock } from '../../../subgraphs/inventory/audit/check-stock.ts';
import { expireHolds } from '../../../subgraphs/inventory/reservations/expire-holds.ts';
import { askTogether } from './ask-until-answered.ts';
import type { Bought } from './buy-and-leave.ts';
import type { StockWorld, Supply } from './open-stock-world.ts';
import { endForgotten, type FaultsDone } from './run-stock-faults.ts';

const stateOf = { ALLOCATE: 'COMMITTED', SELL: 'COMMITTED', RELEASE: 'RELEASED', FORGET: 'EXPIRED' } as const;

/** Compares what buyers were told with what is there: nothing lost, nothing twice, and every number explained. */
export async function expectTruth(
  world: StockWorld,
  { truth, asker }: FaultsDone,
  supplies: readonly Supply[],
  replays: number,
): Promise<void> {
  const { db, close } = connectAs(world.databaseUrl(), 'inventory', { statementTimeoutMs: 0 });
  try {
    while (truth.forgotten.length > 0) await endForgotten(world.databaseUrl(), truth.forgotten);
    while ((await expireHolds(db, new AbortController().signal)) > 0);

    const holds = await db.selectFrom('stock_hold').select(['id', 'state', 'owner_id', 'reference']).execute();
    expect(holds.length, 'one hold for each key that was granted').toBe(truth.granted.size);
    const wrong = holds.filter(({ id, state, owner_id, reference }) => {
      const bought = truth.granted.get(owner_id ?? '');
      const isCommitted = bought?.fate === 'ALLOCATE' || bought?.fate === 'SELL';
      const expected = isCommitted ? `order ${owner_id}` : null;
      return bought?.holdId !== id || state !== stateOf[bought.fate] || reference !== expected;
    });
    expect(wrong.slice(0, 5), 'each hold as its buyer knows it').toEqual([]);

    const units = (fate: Bought['fate']) =>
      [...truth.granted.values()].filter((each) => each.fate === fate).reduce((sum, each) => sum + each.units, 0);
    const received = supplies.reduce((sum, supply) => sum + supply.units, 0);
    const levels = await sql<Record<string, string>>`
      select sum(on_hand) as on_hand, sum(allocated) as allocated, sum(held) as held, sum(shortfall) as shortfall, min(sellable) >= 0 as sound
        from stock_level`.execute(db);
    expect(levels.rows[0]).toMatchObject({ sound: true });
    const [sums = {}] = levels.rows;
    expect([sums.on_hand, sums.allocated, sums.held, sums.shortfall].map(Number)).toEqual([
      received - units('SELL'),
      units('ALLOCATE'),
      0,
      0,
    ]);

    const twice = await sql`
      with line as (
        select hold_id, state, reference, sku, location_id, quantity from stock_hold_line join stock_hold on id = hold_id
      ), own as (
        select cause_id, sku, location_id, array_agg(kind || ' ' || quantity order by version) as moves
          from stock_movement where cause_kind = 'HOLD' group by cause_id, sku, location_id
      ), ordered as (
        select cause_id, sku, location_id, count(*) as moves, sum(quantity) as units
          from stock_movement where cause_kind in ('ORDER', 'SALE') group by cause_id, sku, location_id
      )
      select line.* from line
        left join own on (own.cause_id, own.sku, own.location_id) = (hold_id::text, line.sku, line.location_id)
        left join ordered on (ordered.cause_id, ordered.sku, ordered.location_id) = (reference, line.sku, line.location_id)
       where own.moves is distinct from (case state when 'COMMITTED' then array['HELD ' || quantity]
               else array['HELD ' || quantity, 'RELEASED ' || quantity] end)
          or (state = 'COMMITTED') <> (ordered.moves is not distinct from 1 and ordered.units = quantity)
          or (state <> 'COMMITTED' and ordered.moves is not null)
       limit 5`.execute(db);
    expect(twice.rows, 'each line moved once for its hold and once for its end').toEqual([]);
    expect(await checkStock(db)).toMatchObject({
      ledger_mismatches: 0,
      oversold: 0,
      unbalanced_holds: 0,
      differences: [],
    });
    expect(world.constraintHits()).toEqual([]);
    await expectSameAnswers();
  } finally {
    await close();
  }

  /** Whoever asks again with a key is told what was told before, and nothing moves. */
  async function expectSameAnswers(): Promise<void> {
    const step = Math.max(1, Math.floor(truth.granted.size / replays));
    const again = [...truth.granted].filter((_, i) => i % step === 0);
    const before = await countMovements();
    const committed = again.filter(([, { fate }]) => fate === 'ALLOCATE' || fate === 'SELL');
    for (let start = 0; start < committed.length; start += 10) {
      const some = committed.slice(start, start + 10);
      const told = await askTogether(
        asker,
        some.map(([key, { holdId: hold, fate: as }]) => ({
          mutation: 'commitHold',
          input: { hold, as, reference: `order ${key}`, idempotencyKey: `${key} then` },
        })),
      );
      expect(told).toEqual(some.map(([, { holdId }]) => ({ holdId, state: 'COMMITTED', codes: [], replayed: true })));
    }
    expect(await countMovements()).toBe(before);
  }

  async function countMovements(): Promise<number> {
    const { rows } = await sql<{ count: string }>`select count(*) as count from stock_movement`.execute(db);
    return Number(rows[0]?.count);
  }
}
