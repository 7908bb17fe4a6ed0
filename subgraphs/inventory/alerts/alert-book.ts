import { randomUUIDv7 } from 'node:crypto';
import type { StockPromiseColumn } from '../../../db/tables/inventory.ts';
import { type AlertSubject, alertSubjectText, type StockAlert } from './stock-alert.ts';
import { nextMood, type StockMood, type Threshold } from './stock-mood.ts';

/** When, and at which place of the feed, something was seen. */
export interface Moment {
  readonly at: Date;
  readonly sequence: number;
}

/**
 * The open alerts of the subjects at hand, and what becomes of them, step by step. Touches no database: the same changes in the same order
 * give the same alerts.
 */
export class AlertBook {
  /** Every step, in order: an alert as it was opened, changed or closed. */
  readonly steps: StockAlert[] = [];
  readonly #open = new Map<string, StockAlert>();

  constructor(open: readonly StockAlert[]) {
    for (const alert of open) this.#open.set(keyOf(alert, alert.kind), alert);
  }

  /** A number that a threshold watches was seen. */
  see(subject: AlertSubject, units: number, threshold: Threshold | undefined, moment: Moment): void {
    const before = this.#moodOf(subject);
    const after = nextMood(before, units, threshold);
    if (before === after) return;
    if (before !== 'ENOUGH') this.#close(subject, before, units, moment);
    if (before === 'OUT' && threshold !== undefined) {
      this.#put({
        ...this.#create(subject, 'BACK_IN_STOCK', units, threshold.backInStockAt, moment),
        closedAt: moment.at,
      });
    }
    if (after !== 'ENOUGH') {
      const crossed = after === 'LOW' ? (threshold?.low ?? 0) : 0;
      this.#put(this.#create(subject, after, units, crossed, moment));
    }
  }

  /** A number was seen that should be 0: what is missing, or is over a limit. Says more about one that is open when it changes. */
  seeExcess(
    subject: AlertSubject,
    kind: 'SHORTFALL' | 'OVER_QUOTA',
    excess: {
      readonly units: number;
      readonly threshold: number | null;
      readonly promises: readonly StockPromiseColumn[];
    },
    moment: Moment,
  ): void {
    const { units, threshold, promises } = excess;
    const open = this.#open.get(keyOf(subject, kind));
    if (units <= 0) {
      if (open !== undefined) this.#close(subject, kind, 0, moment);
    } else if (open === undefined) {
      this.#put({ ...this.#create(subject, kind, units, threshold, moment), promises });
    } else if (open.quantity !== units || open.threshold !== threshold || !isSame(open.promises, promises)) {
      const { sequence } = moment;
      this.#put({ ...open, quantity: units, threshold, promises, sequence, version: open.version + 1 });
    }
  }

  #moodOf(subject: AlertSubject): StockMood {
    if (this.#open.has(keyOf(subject, 'OUT'))) return 'OUT';
    return this.#open.has(keyOf(subject, 'LOW')) ? 'LOW' : 'ENOUGH';
  }

  #create(
    { scope, sku }: AlertSubject,
    kind: StockAlert['kind'],
    quantity: number,
    threshold: number | null,
    { at, sequence }: Moment,
  ): StockAlert {
    const id = randomUUIDv7();
    return {
      id,
      kind,
      scope,
      sku,
      quantity,
      threshold,
      promises: [],
      openedAt: at,
      closedAt: null,
      sequence,
      version: 1,
    };
  }

  #close(subject: AlertSubject, kind: StockAlert['kind'], quantity: number, { at, sequence }: Moment): void {
    const alert = this.#open.get(keyOf(subject, kind));
    if (alert === undefined) return;
    this.#put({ ...alert, quantity, closedAt: at, sequence, version: alert.version + 1 });
  }

  #put(alert: StockAlert): void {
    this.steps.push(alert);
    if (alert.closedAt === null) this.#open.set(keyOf(alert, alert.kind), alert);
    else this.#open.delete(keyOf(alert, alert.kind));
  }
}

function keyOf(subject: AlertSubject, kind: StockAlert['kind']): string {
  return `${kind} ${alertSubjectText(subject)}`;
}

/** Whether the same promises are named; from the database their fields come in another order. */
function isSame(a: readonly StockPromiseColumn[], b: readonly StockPromiseColumn[]): boolean {
  const text = (list: readonly StockPromiseColumn[]) => JSON.stringify(list.map(({ id, quantity }) => [id, quantity]));
  return text(a) === text(b);
}
