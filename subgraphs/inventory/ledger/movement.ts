import type { MovementKind } from '../../../db/tables/inventory.ts';
import type { LevelKey } from '../level-key.ts';
import { type Counters, type LockedLevel, missingOf, sellableOf } from './level.ts';

/** Something that happened to a level, before it is written. */
export interface Movement extends LevelKey {
  readonly kind: MovementKind;
  /** What people read: how many units it is about. Of ADJUSTED and COUNTED the difference, which may be below zero. */
  readonly quantity: number;
  readonly change: Partial<Counters>;
  /**
   * Whether it reports what happened, rather than asks for something: a fact is never refused, and what it takes from
   * under a promise becomes shortfall.
   */
  readonly isFact: boolean;
  /** How many of the units are promised though they are not there yet, as a channel's rule allows. */
  readonly backOrder?: number;
  readonly actor: string;
  readonly cause: { readonly kind: string; readonly id: string };
  readonly occurredAt: Date;
}

/**
 * The level after a movement. Only a fact raises the shortfall, and only an agreed back-order raises what waits; anything that brings units back
 * lowers both.
 */
export function applyMovement(level: LockedLevel, { change, isFact, backOrder = 0 }: Movement): LockedLevel {
  const counters = {
    onHand: level.onHand + (change.onHand ?? 0),
    unavailable: level.unavailable + (change.unavailable ?? 0),
    allocated: level.allocated + (change.allocated ?? 0),
    held: level.held + (change.held ?? 0),
    incoming: level.incoming + (change.incoming ?? 0),
    safetyStock: level.safetyStock + (change.safetyStock ?? 0),
  };
  const backOrdered = Math.min(level.backOrdered + backOrder, Math.max(0, -sellableOf(counters)));
  const missing = Math.max(0, missingOf(counters) - backOrdered);
  return {
    sku: level.sku,
    locationId: level.locationId,
    ...counters,
    shortfall: isFact ? missing : Math.min(level.shortfall, missing),
    backOrdered,
    version: level.version + 1,
  };
}
