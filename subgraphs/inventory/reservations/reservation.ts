import type { Selectable } from 'kysely';
import type { StockHoldTable } from '../../../db/tables/inventory.ts';
import type { LevelKey } from '../level-key.ts';
import type { StockProblem } from '../stock-problem.ts';

/** Whom a hold is for. */
export interface HoldOwner {
  readonly kind: 'CART' | 'TILL' | 'IMPORT' | 'TRY_ON' | 'ORDER';
  readonly id: string | null;
  readonly customerId: string | null;
  readonly note: string | null;
}

/** One SKU of a hold; lines of one request are summed, so that no SKU and location stands in it twice. */
export interface HoldLine {
  readonly sku: string;
  /** Undefined: wherever the channel is served from. */
  readonly locationId: string | undefined;
  readonly quantity: number;
  /** Where in the input it stood, for problems. */
  readonly path: readonly string[];
}

/** What is asked of stock by those who sell it. */
export type ReservationCommand =
  | {
      readonly kind: 'HOLD';
      readonly lines: readonly HoldLine[];
      readonly channelId: string | undefined;
      readonly owner: HoldOwner;
      readonly minutes: number;
    }
  | { readonly kind: 'EXTEND'; readonly holdId: string; readonly minutes: number }
  | { readonly kind: 'RELEASE'; readonly holdId: string }
  | {
      readonly kind: 'COMMIT';
      readonly holdId: string;
      /** ALLOCATE: promised to an order, still on the shelf. SELL: handed over. */
      readonly as: 'ALLOCATE' | 'SELL';
      readonly reference: string;
    };

/** One caller's command in a batch. */
export interface ReservationRequest {
  readonly command: ReservationCommand;
  readonly idempotencyKey: string;
  readonly fingerprint: string;
  readonly actor: string;
  /** Whether the caller may use the hold that the command names; one that they may not looks as if there were none. */
  readonly mayUse: (hold: LockedHold) => boolean;
}

/** What is stored with the key. */
export interface ReservationAnswer {
  readonly holdId: string | null;
  readonly problems: readonly StockProblem[];
  /** What of the hold may change later, as the command left it; the rest is in its row. Short, because every hold keeps one. */
  readonly left?: HoldColumns | undefined;
}

/** state · expires_at · ended_at (both ISO 8601) · reference */
export type HoldColumns = readonly [StockHoldRow['state'], string, string | null, string | null];

/** What a caller gets. */
export interface ReservationOutcome extends ReservationAnswer {
  readonly replayed: boolean;
  /** The hold as this command left it; undefined for an answer given again, which has `left` of it. */
  readonly hold?: StockHoldRow | undefined;
}

/** What a command came to, before it is written. */
export interface Verdict extends ReservationAnswer {
  readonly hold?: StockHoldRow | undefined;
}

export type StockHoldRow = Selectable<StockHoldTable>;

/** A hold as a batch knows it: locked, with its lines. */
export interface LockedHold {
  readonly row: StockHoldRow;
  readonly lines: readonly LockedHoldLine[];
}

/** What a hold keeps at one level. */
export interface LockedHoldLine extends LevelKey {
  readonly quantity: number;
  /** Whether the level's `held` still counts it. */
  readonly isOpen: boolean;
  /** The quota that it was held under; releasing it gives that back as well. */
  readonly quotaId: number | null;
}

/** A channel's quota that is locked. */
export interface LockedQuota {
  readonly id: number;
  readonly channelId: string;
  readonly sku: string;
  readonly units: number;
  readonly used: number;
  /** Whether it runs now; one that has ended only takes back what was held under it. */
  readonly isRunning: boolean;
  /** What `used` still counts though its holds have expired. */
  readonly expired: number;
}
