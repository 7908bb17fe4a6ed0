import { sql } from 'kysely';
import { checkStock } from '../../subgraphs/inventory/audit/check-stock.ts';
import type { Window } from './measure/window.ts';
import type { BenchShop } from './open-shop.ts';

/** What the tables say after a run: every reservation that was answered is there once, and nothing else. */
export interface Sums {
  readonly answered: number;
  readonly holds: number;
  readonly heldUnits: number;
  readonly differences: number;
}

/** Compares what callers were told with what is in the tables, and those with each other. Throws when anything differs. */
export async function checkSums(shop: BenchShop, windows: readonly Window[]): Promise<Sums> {
  const { rows } = await sql<{ owner_id: string; holds: string }>`
    select owner_id, count(*) as holds from stock_hold group by owner_id`.execute(shop.db);
  const holds = new Map(rows.map((row) => [row.owner_id, Number(row.holds)]));
  for (const { owner, reserved } of windows) {
    if (holds.get(owner) !== reserved) {
      throw new Error(`${owner}: ${reserved} were answered, ${holds.get(owner) ?? 0} are there.`);
    }
  }
  const held = await sql<{ units: string }>`select sum(held) as units from stock_level`.execute(shop.db);
  const audit = await checkStock(shop.db);
  const sums = {
    answered: windows.reduce((sum, { reserved }) => sum + reserved, 0),
    holds: [...holds.values()].reduce((sum, count) => sum + count, 0),
    heldUnits: Number(held.rows[0]?.units),
    differences: audit === null ? Number.NaN : audit.ledger_mismatches + audit.oversold + audit.unbalanced_holds,
  };
  if (sums.holds !== sums.answered || sums.heldUnits !== sums.answered || sums.differences !== 0) {
    throw new Error(`The sums differ: ${JSON.stringify(sums)}`);
  }
  return sums;
}
