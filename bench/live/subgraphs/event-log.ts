import { monotonicUs } from '../../rig/monotonic-clock.ts';

/** An event as the feed's fields are read from it. */
export interface FeedEvent {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CHANGES';
  readonly sequence: number;
  readonly sentAtUs: number;
  readonly levels: readonly Level[];
}

interface Level {
  readonly version: number;
  readonly quantity: number;
  readonly item: { readonly id: string };
}

/** Things on the shelf; events go through them one after the other. */
export const itemCount = 200;
/** Events that can be resumed from. */
const keptEvents = 10_000;

/** The feed: events with dense numbers, kept for those who resume. */
export class EventLog {
  #events: FeedEvent[] = [];
  #position = 0;

  get position(): number {
    return this.#position;
  }

  /** The next event, sent now. */
  append(): FeedEvent {
    this.#position++;
    const id = String(this.#position % itemCount);
    const level = { version: this.#position, quantity: this.#position % 1_000, item: { id } };
    const event = toEvent('CHANGES', this.#position, [level]);
    this.#events.push(event);
    if (this.#events.length > 2 * keptEvents) this.#events = this.#events.slice(-keptEvents);
    return event;
  }

  /** What a subscriber begins with: all after its cursor, or a snapshot (which is small here: a single level). */
  begin(after: unknown): readonly FeedEvent[] {
    const from = typeof after === 'string' ? Number(after.slice(1)) : Number.NaN;
    const oldest = this.#position - this.#events.length;
    if (from >= oldest && from <= this.#position) return this.#events.slice(from - oldest);
    return [toEvent('SNAPSHOT', this.#position, [{ version: 0, quantity: 0, item: { id: '0' } }])];
  }
}

function toEvent(kind: FeedEvent['kind'], sequence: number, levels: readonly Level[]): FeedEvent {
  return { cursor: `c${sequence}`, kind, sequence, sentAtUs: monotonicUs(), levels };
}
