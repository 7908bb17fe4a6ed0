/** A map of at most `capacity` entries; the least recently used goes first. */
export class RecentMap<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #capacity: number;
  readonly #onEvicted: ((value: Value) => void) | undefined;

  constructor(capacity: number, onEvicted?: (value: Value) => void) {
    this.#capacity = capacity;
    this.#onEvicted = onEvicted;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return;
    const [oldest] = this.#entries;
    if (oldest === undefined) return;
    this.#entries.delete(oldest[0]);
    this.#onEvicted?.(oldest[1]);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  entries(): MapIterator<[string, Value]> {
    return this.#entries.entries();
  }
}
