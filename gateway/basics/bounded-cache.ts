interface Entry<Value> {
  value: Value | undefined;
  readonly weight: number;
  isUsed: boolean;
}

/**
 * A cache bounded by the weight of what is in it. When room is needed the oldest goes, but for those that were used since they were last looked
 * at: they are the youngest then. A use is a mark, and not a new place in the Map: at every use that would make tables for the garbage
 * collector, see ChurnMap. An entry heavier than the bound is not kept.
 */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #maxWeight: number;
  readonly #onEvicted: ((value: Value) => void) | undefined;
  #weight = 0;

  constructor(maxWeight: number, onEvicted?: (value: Value) => void) {
    this.#maxWeight = maxWeight;
    this.#onEvicted = onEvicted;
  }

  get size(): number {
    return this.#entries.size;
  }

  get weight(): number {
    return this.#weight;
  }

  /** Counts as a use. */
  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    entry.isUsed = true;
    return entry.value;
  }

  set(key: string, value: Value, weight = 1): void {
    this.delete(key);
    if (weight > this.#maxWeight) return;
    this.#makeRoom(weight);
    this.#entries.set(key, { value, weight, isUsed: false });
    this.#weight += weight;
  }

  delete(key: string): boolean {
    return this.#take(key) !== undefined;
  }

  /** In no order that says anything. */
  *entries(): IterableIterator<[string, Value]> {
    for (const [key, { value }] of this.#entries) if (value !== undefined) yield [key, value];
  }

  #makeRoom(weight: number): void {
    for (const [key, entry] of this.#entries) {
      if (this.#weight + weight <= this.#maxWeight) return;
      if (entry.isUsed) {
        entry.isUsed = false;
        this.#entries.delete(key);
        this.#entries.set(key, entry);
        continue;
      }
      const evicted = this.#take(key);
      if (evicted !== undefined) this.#onEvicted?.(evicted);
    }
  }

  #take(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#weight -= entry.weight;
    this.#entries.delete(key);
    const { value } = entry;
    entry.value = undefined;
    return value;
  }
}
