import type { LiveEvent } from './live-event.ts';

export interface RingLimits {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  /** What all rings of a gateway hold together. */
  readonly budget: { bytes: number; readonly maxBytes: number };
}

/**
 * The recent events of one stream, numbered from 0. It is the buffer of every client at once: a client is a number in it, so that a
 * slow one costs nothing but its number, and one that falls out of it is too slow. Bounded by bytes and age; the newest stays.
 */
export class ReplayRing {
  readonly #limits: RingLimits;
  readonly #positions = new Map<string, number>();
  #events: LiveEvent[] = [];
  #first = 0;
  #bytes = 0;
  /** The cursor before the first event that is held. */
  #base: string | undefined;
  #snapshot: number | undefined;

  constructor(base: string | undefined, limits: RingLimits) {
    this.#base = base;
    this.#limits = limits;
  }

  /** The number of the oldest event held. */
  get first(): number {
    return this.#first;
  }

  /** The number that the next event will get. */
  get end(): number {
    return this.#first + this.#events.length;
  }

  at(position: number): LiveEvent | undefined {
    return this.#events[position - this.#first];
  }

  push(event: LiveEvent, isSnapshot: boolean): void {
    if (isSnapshot) this.#snapshot = this.end;
    if (event.cursor !== undefined) this.#positions.set(event.cursor, this.end);
    this.#events.push(event);
    this.#add(event.body.byteLength);
    this.#evict(event.at - this.#limits.maxAgeMs);
  }

  /** Where a client goes on that has everything up to this cursor; undefined when that is not in memory. */
  after(cursor: string): number | undefined {
    const position = this.#positions.get(cursor);
    if (position !== undefined) return position + 1;
    return cursor === this.#base ? this.#first : undefined;
  }

  /** Where a client begins that has nothing; undefined when the last snapshot is not in memory. */
  get fromSnapshot(): number | undefined {
    if (this.#snapshot !== undefined) return this.#snapshot;
    return this.#first === 0 && this.#base === undefined ? 0 : undefined;
  }

  clear(): void {
    this.#add(-this.#bytes);
    this.#first = this.end;
    this.#events = [];
    this.#positions.clear();
    this.#snapshot = undefined;
  }

  #evict(before: number): void {
    const { maxBytes, budget } = this.#limits;
    let count = 0;
    while (this.#events.length - count > 1) {
      const oldest = this.#events[count];
      if (oldest === undefined) break;
      if (this.#bytes <= maxBytes && budget.bytes <= budget.maxBytes && oldest.at >= before) break;
      const position = this.#first + count;
      if (oldest.cursor !== undefined && this.#positions.get(oldest.cursor) === position) {
        this.#positions.delete(oldest.cursor);
      }
      if (oldest.cursor !== undefined) this.#base = oldest.cursor;
      if (this.#snapshot === position) this.#snapshot = undefined;
      this.#add(-oldest.body.byteLength);
      count++;
    }
    if (count === 0) return;
    this.#events.splice(0, count);
    this.#first += count;
  }

  #add(bytes: number): void {
    this.#bytes += bytes;
    this.#limits.budget.bytes += bytes;
  }
}
