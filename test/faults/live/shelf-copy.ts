/** The numbers of a level that a till shows, and that the database must agree with at the end. */
export const levelNumbers = [
  'onHand',
  'unavailable',
  'allocated',
  'held',
  'incoming',
  'safetyStock',
  'sellable',
  'shortfall',
] as const;

export type Level = Readonly<Record<(typeof levelNumbers)[number] | 'version', number>>;

export interface ShelfEvent {
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly cursor: string;
  readonly levels: readonly (Level & { readonly sku: string })[];
  readonly isConflated: boolean;
}

/**
 * What a till knows: shelf and cursor, kept together. It checks every change as it is applied: each version of each SKU once and in order,
 * and no second snapshot when a cursor was given. This check is the test's own and shares nothing with the clients that are tested.
 */
export class ShelfCopy {
  readonly levels = new Map<string, Level>();
  readonly counts = { events: 0, changes: 0, snapshots: 0, conflated: 0, heartbeats: 0, resumes: 0 };
  readonly faults: string[] = [];
  readonly name: string;
  readonly location: string;
  readonly #mayRestore: boolean;
  cursor: string | undefined;

  constructor(name: string, location: string, mayRestore = false) {
    this.name = name;
    this.location = location;
    this.#mayRestore = mayRestore;
  }

  /** The till comes back with what it stored, or, when that was lost, with nothing. */
  comeBack(isLost: boolean): void {
    if (isLost) this.cursor = undefined;
    else if (this.cursor !== undefined) this.counts.resumes++;
  }

  apply({ kind, cursor, levels, isConflated }: ShelfEvent): void {
    this.counts.events++;
    switch (kind) {
      case 'SNAPSHOT':
        if (this.cursor !== undefined && !this.#mayRestore) this.#fault(`a snapshot though it had ${this.cursor}`);
        this.counts.snapshots++;
        this.levels.clear();
        for (const { sku, ...level } of levels) {
          this.levels.set(sku, level);
        }
        break;
      case 'CHANGES':
        if (this.cursor === undefined) this.#fault('changes before a snapshot');
        if (isConflated) this.counts.conflated++;
        for (const { sku, ...level } of levels) this.#change(sku, level, isConflated);
        break;
      case 'HEARTBEAT':
        this.counts.heartbeats++;
        if (levels.length > 0) this.#fault('a heartbeat with changes');
        break;
      default:
        kind satisfies never;
    }
    this.cursor = cursor;
  }

  #change(sku: string, level: Level, isConflated: boolean): void {
    this.counts.changes++;
    const last = this.levels.get(sku)?.version ?? 0;
    const isNext = isConflated ? level.version > last : level.version === last + 1;
    if (!isNext) this.#fault(`${sku}: version ${level.version} after ${last}${isConflated ? ' (conflated)' : ''}`);
    this.levels.set(sku, level);
  }

  #fault(what: string): void {
    if (this.faults.length < 20) this.faults.push(`${this.name}: ${what}`);
  }

  /** How it differs from the truth; empty when it does not. */
  differences(truth: ReadonlyMap<string, Level>): readonly string[] {
    const skus = new Set([...truth.keys(), ...this.levels.keys()]);
    return [...skus].flatMap((sku) => {
      const [own, real] = [this.levels.get(sku), truth.get(sku)];
      const isSame = own && real && [...levelNumbers, 'version' as const].every((name) => own[name] === real[name]);
      return isSame ? [] : [`${this.name}: ${sku} is ${JSON.stringify(own)}, in truth ${JSON.stringify(real)}`];
    });
  }
}
