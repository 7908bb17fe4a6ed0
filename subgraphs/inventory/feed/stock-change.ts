import type { Change } from '../../../db/change-feed/position.ts';
import type { LockedLevel } from '../ledger/level.ts';
import { sellableOf } from '../ledger/level.ts';
import type { StockLevelParent } from '../parents.ts';

/** Topic of the change rows of stock levels; their scope is the location. */
export const stockTopic = 'stock';

/** The counters of one version, as a step is written: 7 numbers instead of 120 bytes of names. */
type Step = readonly [
  onHand: number,
  unavailable: number,
  allocated: number,
  held: number,
  incoming: number,
  safetyStock: number,
  shortfall: number,
  /** Left out by an earlier release, which had none. */
  backOrdered?: number,
];

/** What a change row says: the level after the change, and every version that the transaction took it through before that. */
interface StockChange {
  readonly sku: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly unavailable: number;
  readonly allocated: number;
  readonly held: number;
  readonly incoming: number;
  readonly safetyStock: number;
  readonly shortfall: number;
  readonly backOrdered?: number;
  readonly sellable: number;
  readonly version: number;
  /**
   * The versions right before this one that the same transaction made, the earliest first; left out when there are none. One row a
   * level: a flash sale moves one level up to 256 times in a transaction, and a row for each would double what it writes.
   */
  readonly steps?: readonly Step[];
}

/** The payload of a level's change row, as JSON text. @param versions the level after each of its movements, in order; at least one */
export function toStockPayload(versions: readonly LockedLevel[]): string {
  const level = versions.at(-1);
  if (level === undefined) throw new Error('A level without a change has no change row.');
  const steps = versions.slice(0, -1).map(toStep);
  const change: StockChange = {
    sku: level.sku,
    locationId: level.locationId,
    onHand: level.onHand,
    unavailable: level.unavailable,
    allocated: level.allocated,
    held: level.held,
    incoming: level.incoming,
    safetyStock: level.safetyStock,
    shortfall: level.shortfall,
    ...(level.backOrdered === 0 ? {} : { backOrdered: level.backOrdered }),
    sellable: sellableOf(level),
    version: level.version,
    ...(steps.length === 0 ? {} : { steps }),
  };
  return JSON.stringify(change);
}

/**
 * The level at every version that a change row tells of, in order. Undefined for a row of an earlier release, which told only some of
 * the numbers: whoever reads it needs a snapshot instead.
 */
export function readStockChange({ payload, recordedAt, number }: Change): readonly StockLevelParent[] | undefined {
  const change = payload as StockChange | Omit<StockChange, 'shortfall'>;
  if (!('shortfall' in change)) return undefined;
  const { steps = [] } = change;
  return [...steps, toStep(change)].map((step, i) =>
    toLevel(change, step, change.version - steps.length + i, { recordedAt, number }),
  );
}

function toStep(level: Omit<StockChange, 'sku' | 'locationId' | 'version' | 'sellable'>): Step {
  const { onHand, unavailable, allocated, held, incoming, safetyStock, shortfall, backOrdered = 0 } = level;
  const step = [onHand, unavailable, allocated, held, incoming, safetyStock, shortfall] as const;
  return backOrdered === 0 ? step : [...step, backOrdered];
}

function toLevel(
  { sku, locationId }: StockChange,
  step: Step,
  version: number,
  told: Pick<Change, 'recordedAt' | 'number'>,
): StockLevelParent {
  const [onHand, unavailable, allocated, held, incoming, safetyStock, shortfall, backOrdered = 0] = step;
  return {
    sku,
    location_id: locationId,
    on_hand: onHand,
    unavailable,
    allocated,
    held,
    incoming,
    safety_stock: safetyStock,
    sellable: sellableOf({ onHand, unavailable, allocated, held, incoming, safetyStock }),
    shortfall,
    back_ordered: backOrdered,
    version,
    updated_at: told.recordedAt,
    as_of: told.recordedAt,
    sequence: told.number,
  };
}
