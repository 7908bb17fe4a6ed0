import type { MovementKind } from '../../../db/tables/inventory.ts';
import type { LevelKey } from '../level-key.ts';
import { type Counters, type LockedLevel, missingOf } from './level.ts';

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
  readonly actor: string;
  readonly cause: { readonly kind: string; readonly id: string };
  readonly occurredAt: Date;
}

/** The level after a movement. Only a fact raises the shortfall; anything that brings units back lowers it. */
export function applyMovement(level: LockedLevel, { change, isFact }: Movement): LockedLevel {
  const counters = {
    onHand: level.onHand + (change.onHand ?? 0),
    unavailable: level.unavailable + (change.unavailable ?? 0),
    allocated: level.allocated + (change.allocated ?? 0),
    held: level.held + (change.held ?? 0),
    incoming: level.incoming + (change.incoming ?? 0),
    safetyStock: level.safetyStock + (change.safetyStock ?? 0),
  };
  const missing = missingOf(counters);
  return {
    sku: level.sku,
    locationId: level.locationId,
    ...counters,
    shortfall: isFact ? missing : Math.min(level.shortfall, missing),
    version: level.version + 1,
  };
}
