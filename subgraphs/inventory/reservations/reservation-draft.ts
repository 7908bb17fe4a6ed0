import { type BundlePart, type Bundles, partsOf } from '../bundles/bundle-parts.ts';
import { type ChannelTerms, termsKey } from '../channel-rules/read-channel-terms.ts';
import { type LockedLevel, sellableOf } from '../ledger/level.ts';
import { applyMovement, type Movement } from '../ledger/movement.ts';
import type { LevelBook } from '../ledger/write-movements.ts';
import { type LevelKey, levelKeyText } from '../level-key.ts';
import type { LockedHold, LockedHoldLine, LockedQuota, ReservationAnswer } from './reservation.ts';

/** Everything a batch may look at, read under its locks. */
export interface ReservationState {
  /** The database's clock, read after the locks were had: decides what has expired, for the whole batch alike. */
  readonly now: Date;
  readonly levels: LevelBook;
  /** The holds that the batch is about, and those that have expired on levels it is short of; by id. */
  readonly holds: ReadonlyMap<string, LockedHold>;
  /** Where each channel's SKU may be taken from, the first choice first; by candidateKey. */
  readonly candidates: ReadonlyMap<string, readonly string[]>;
  /** On which terms a channel sells from a level; by termsKey. No entry where it has no rule. */
  readonly terms: ReadonlyMap<string, ChannelTerms>;
  /** What the wanted bundles are made of. */
  readonly bundles: Bundles;
  /** The quotas that commands, or lines that may be released, are about. */
  readonly quotas: readonly LockedQuota[];
  /** What was answered to keys of this batch before. */
  readonly records: ReadonlyMap<string, AnsweredKey>;
}

/** How far a hold may go. */
export type Reach = 'ON_SHELF' | 'BACK_ORDER';

export interface AnsweredKey {
  readonly fingerprint: string;
  readonly answer: ReservationAnswer;
}

/** The key of ReservationState.candidates. */
export function candidateKey(channelId: string, sku: string): string {
  return `${channelId}/${sku}`;
}

/**
 * A batch's work in progress: levels and holds as they would be after the commands decided so far, and what has to be written
 * for that. Touches no database, so that it can be tested by itself.
 */
export class ReservationDraft {
  readonly now: Date;
  readonly movements: Movement[] = [];
  readonly newHolds: LockedHold[] = [];
  readonly changedHolds = new Map<string, LockedHold>();
  readonly closedLines: (LevelKey & { readonly holdId: string })[] = [];
  readonly newRecords = new Map<string, AnsweredKey>();
  /** What quotas have come to; those that did not change are in it as well. */
  readonly quotas: Map<number, LockedQuota>;
  readonly #state: ReservationState;
  readonly #levels: LevelBook;
  readonly #expiredByLevel: ReadonlyMap<string, readonly LockedHold[]>;

  constructor(state: ReservationState) {
    this.now = state.now;
    this.#state = state;
    this.#levels = new Map(state.levels);
    this.quotas = new Map(state.quotas.map((quota) => [quota.id, quota]));
    this.#expiredByLevel = groupExpired(state);
  }

  findRecord(key: string): AnsweredKey | undefined {
    return this.newRecords.get(key) ?? this.#state.records.get(key);
  }

  findHold(id: string): LockedHold | undefined {
    return this.changedHolds.get(id) ?? this.#state.holds.get(id);
  }

  findLevel(key: LevelKey): LockedLevel | undefined {
    return this.#levels.get(levelKeyText(key));
  }

  candidatesFor(channelId: string, sku: string): readonly string[] {
    return this.#state.candidates.get(candidateKey(channelId, sku)) ?? [];
  }

  /**
   * What can still be promised at a level, to a channel if one is given; takes back what has expired there when `wanted` asks for
   * more than is free. ON_SHELF: what is there. BACK_ORDER: also what will come, as far as the channel's rule goes.
   */
  sellableAt(key: LevelKey, wanted: number, channelId: string | undefined, reach: Reach): number {
    const level = this.findLevel(key);
    if (level === undefined) return 0;
    const terms = channelId === undefined ? undefined : this.#state.terms.get(termsKey(channelId, key));
    if (terms?.isTooEarly === true) return 0;
    const bound = (reach === 'BACK_ORDER' ? (terms?.backOrder ?? 0) : 0) - (terms?.buffer ?? 0);
    if (sellableOf(level) + bound < wanted) this.reclaimExpired(key);
    return Math.max(0, sellableOf(this.findLevel(key) ?? level) + bound);
  }

  /** How many of units that may be promised at a level are not there: those that whoever gets them has to wait for. */
  missingFor(key: LevelKey, quantity: number, channelId: string | undefined): number {
    const level = this.findLevel(key);
    const terms = channelId === undefined ? undefined : this.#state.terms.get(termsKey(channelId, key));
    // Without a rule nobody may wait: then a wrong decision must break the level's constraint rather than pass as agreed.
    return level === undefined || (terms?.backOrder ?? 0) === 0
      ? 0
      : Math.max(0, quantity - Math.max(0, sellableOf(level)));
  }

  /** What a unit of a variant takes from the shelf: the parts of a bundle, or itself. */
  partsOf(sku: string): readonly BundlePart[] {
    return partsOf(this.#state.bundles, sku);
  }

  /** The quota that runs for a channel's SKU, if there is one. */
  findQuota(channelId: string, sku: string): LockedQuota | undefined {
    for (const quota of this.quotas.values()) {
      if (quota.isRunning && quota.channelId === channelId && quota.sku === sku) return quota;
    }
    return undefined;
  }

  /** Counts units under a quota, or gives them back when below zero. */
  countUnderQuota(id: number | null, units: number): void {
    const quota = id === null ? undefined : this.quotas.get(id);
    if (quota !== undefined) this.quotas.set(quota.id, { ...quota, used: quota.used + units });
  }

  /** Quotas that were exceeded (by facts, or because they were lowered), and less is used of them now: somebody has an alert open. */
  easedQuotas(): readonly LockedQuota[] {
    return this.#state.quotas.flatMap((before) => {
      const after = this.quotas.get(before.id);
      return after !== undefined && before.used > before.units && after.used < before.used ? [after] : [];
    });
  }

  move(movement: Movement): void {
    const level = this.findLevel(movement);
    if (level === undefined) throw new Error(`The level ${levelKeyText(movement)} is not locked.`);
    this.#levels.set(levelKeyText(movement), applyMovement(level, movement));
    this.movements.push(movement);
  }

  addHold(hold: LockedHold): void {
    this.newHolds.push(hold);
  }

  changeHold(hold: LockedHold): void {
    this.changedHolds.set(hold.row.id, hold);
  }

  /** Takes an open line out of what its level counts as held; the movement that says so is the caller's. */
  closeLine(holdId: string, line: LockedHoldLine): void {
    this.closedLines.push({ holdId, sku: line.sku, locationId: line.locationId });
    const hold = this.findHold(holdId);
    if (hold === undefined) return;
    const lines = hold.lines.map((other) => (isSameLevel(other, line) ? { ...other, isOpen: false } : other));
    this.changeHold({ row: hold.row, lines });
  }

  /** Gives back what expired holds keep at a level. Only the lines here: those elsewhere need locks that we do not have, and wait for a buyer there or the sweep. */
  reclaimExpired(key: LevelKey): void {
    for (const { row } of this.#expiredByLevel.get(levelKeyText(key)) ?? []) {
      const hold = this.findHold(row.id);
      const line = hold?.lines.find((one) => one.isOpen && isSameLevel(one, key));
      if (hold === undefined || line === undefined) continue;
      this.closeLine(row.id, line);
      const closed = this.findHold(row.id) ?? hold;
      if (row.state === 'HELD') {
        this.changeHold({ row: { ...closed.row, state: 'EXPIRED', ended_at: row.expires_at }, lines: closed.lines });
      }
      this.#returnExpired(line);
      this.move({
        ...key,
        kind: 'RELEASED',
        quantity: line.quantity,
        change: { held: -line.quantity },
        isFact: false,
        actor: 'expiry',
        cause: { kind: 'HOLD', id: row.id },
        occurredAt: row.expires_at,
      });
    }
  }

  #returnExpired({ quotaId, quantity }: LockedHoldLine): void {
    const quota = quotaId === null ? undefined : this.quotas.get(quotaId);
    if (quota === undefined) return;
    this.quotas.set(quota.id, {
      ...quota,
      used: quota.used - quantity,
      expired: Math.max(0, quota.expired - quantity),
    });
  }
}

/** What a quota lets a channel have now. */
export function quotaLeft({ units, used, expired }: LockedQuota): number {
  return Math.max(0, units - used + expired);
}

/** Whether a hold's time is up at an instant; from then on it gives no right, whoever notices first. */
export function hasExpired(hold: LockedHold, now: Date): boolean {
  return hold.row.state === 'EXPIRED' || (hold.row.state === 'HELD' && hold.row.expires_at <= now);
}

function groupExpired({ holds, now }: ReservationState): ReadonlyMap<string, readonly LockedHold[]> {
  const byLevel = new Map<string, LockedHold[]>();
  for (const hold of holds.values()) {
    if (!hasExpired(hold, now)) continue;
    for (const line of hold.lines.filter(({ isOpen }) => isOpen)) {
      const key = levelKeyText(line);
      const list = byLevel.get(key);
      if (list === undefined) byLevel.set(key, [hold]);
      else list.push(hold);
    }
  }
  return byLevel;
}

function isSameLevel(a: LevelKey, b: LevelKey): boolean {
  return a.sku === b.sku && a.locationId === b.locationId;
}
