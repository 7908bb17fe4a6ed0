import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Script, startScript } from '../../support/start-script.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation } from './shops.ts';
import { auditNow, clean, receive, stockOperations } from './stock-operations.ts';

let inventory: OpenInventory;
const script = fileURLToPath(new URL('buyers.ts', import.meta.url));

beforeAll(async () => {
  inventory = await openInventory();
  await addLocation(inventory.db, 'camden');
});
afterAll(() => inventory.close());

function startBuyers(sku: string, first: number, count: number): Script {
  return startScript(script, [inventory.url, sku, `${first}`, `${count}`]);
}

describe('a flash sale', () => {
  it('sells all and not one more, to more buyers than units, over two processes of which one is killed again and again', async () => {
    const [units, buyers] = [300, 1_500];
    const sku = randomUUID();
    await receive(inventory.ask, 'camden', sku, units);
    const steady = startBuyers(sku, 0, buyers / 2);
    for (let kill = 0; kill < 3; kill++) {
      const killed = startBuyers(sku, buyers / 2, buyers / 2);
      expect(await killed.nextLine()).toBe('begun');
      killed.kill('SIGKILL');
      expect(await killed.ended()).toBe('SIGKILL');
    }
    // Started once more, it asks everything again with the same keys, and finishes what was begun.
    const last = startBuyers(sku, buyers / 2, buyers / 2);
    expect(await Promise.all([steady.ended(), last.ended()])).toEqual([0, 0]);

    const level = await stockOperations(inventory.ask).level('camden', sku);
    expect(level).toMatchObject({ onHand: units, allocated: units, held: 0, sellable: 0, shortfall: 0 });
    const { rows } = await sql<{ orders: number; holds: number }>`
      select count(distinct cause_id) as orders, (select count(*) from stock_hold where state = 'COMMITTED') as holds
        from stock_movement where sku = ${sku} and kind = 'ALLOCATED'`.execute(inventory.db);
    expect(rows).toEqual([{ orders: units, holds: units }]);
    expect(await auditNow(inventory)).toMatchObject({ checkedLevels: 1, ...clean });
  }, 120_000);
});
