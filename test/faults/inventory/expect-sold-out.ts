import { sql } from 'kysely';
import { expect } from 'vitest';
import { checkStock } from '../../../subgraphs/inventory/audit/check-stock.ts';
import { createAsk } from '../../subgraphs/inventory/open-inventory.ts';
import { addLocation, serveChannel } from '../../subgraphs/inventory/shops.ts';
import { receive } from '../../subgraphs/inventory/stock-operations.ts';
import { createTestDatabase } from '../../support/create-test-database.ts';
import { staffAuthorization } from '../../support/tokens.ts';
import { openTwoInventories } from './open-two-inventories.ts';
import { runFlashSale, saleChannels } from './run-flash-sale.ts';

/** A whole flash sale, from opening the shop to the proof that every unit was sold once. Gives a line about it. */
export async function expectSoldOut(units: number, buyers: number, connections: number): Promise<string> {
  await using closing = new AsyncDisposableStack();
  const database = closing.adopt(await createTestDatabase(), (opened) => opened.close());
  const { db } = database.connectAs('inventory', { statementTimeoutMs: 60_000 });
  const [location, sku] = ['camden', 'drop-1'];
  await addLocation(db, location);
  for (const { id } of saleChannels) await serveChannel(db, id, [location]);
  await receive(await createAsk(db), location, sku, units);

  const graph = await openTwoInventories(database.url);
  closing.defer(async () => {
    await graph.close();
  });
  const sale = await runFlashSale({
    graphqlUrl: graph.graphqlUrl,
    authorization: await staffAuthorization(),
    location,
    sku,
    buyers,
    connections,
  });

  const sold = Object.values(sale.bought).reduce((sum, count) => sum + count, 0);
  expect(sold, 'buyers who were told that they have one').toBe(units);
  expect(Object.keys(sale.bought).length, 'channels that sold').toBe(saleChannels.length);
  expect(sale.faults).toEqual([]);
  expect(sale.seen.at(-1)).toMatchObject({ onHand: 0, sellable: 0 });
  expect(sale.seen.filter((level) => level.onHand < 0 || level.sellable < 0)).toEqual([]);
  expect(Math.min(...graph.balancer.connections), 'connections to the idler process').toBeGreaterThan(0);

  const { rows } = await sql<{ sold: string; buyers: string; on_hand: number; held: number; shortfall: number }>`
    select count(*) as sold, count(distinct cause_id) as buyers, min(on_hand) as on_hand, min(held) as held, min(shortfall) as shortfall
      from stock_movement join stock_level using (sku, location_id) where kind = 'SOLD'`.execute(db);
  expect(rows).toEqual([{ sold: units, buyers: units, on_hand: 0, held: 0, shortfall: 0 }]);
  expect(await checkStock(db)).toMatchObject({ ledger_mismatches: 0, oversold: 0, unbalanced_holds: 0 });
  return `${units} units, ${buyers} buyers: sold ${JSON.stringify(sale.bought)} in ${sale.seconds.toFixed(1)} s, ${sale.refused} refused, ${sale.retries} asked again, the till saw ${sale.seen.length} versions, connections ${graph.balancer.connections.join(' and ')}`;
}
