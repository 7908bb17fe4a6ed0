import type { Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import type { LevelKey } from '../level-key.ts';
import type { StockLevelParent } from '../parents.ts';
import { findStockLevels } from '../queries/find-stock-levels.ts';

/**
 * Levels as a command has left them, in the order of the keys: kept with its key, so that the same request gets the same answer however
 * much was sold since.
 */
export async function listLevels(
  trx: Transaction<InventoryDatabase>,
  keys: readonly LevelKey[],
): Promise<readonly StockLevelParent[]> {
  const levels = await findStockLevels(trx, keys);
  return levels.map((level, i) => {
    if (level === undefined) throw new Error(`The level of ${keys[i]?.sku} at ${keys[i]?.locationId} is gone.`);
    return level;
  });
}
