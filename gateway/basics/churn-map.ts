/**
 * A Map for what comes and goes thousands of times a second.
 *
 * V8's Map moves into a new table every so many insertions, and the old table keeps pointing at the new one and at what was in it then. Once
 * one old table has come into the old generation, all that follow live until the next full collection, each with what was under way at the
 * time: calls, answers, clients. Measured with 50 calls at a time in a plain Map: of 20 MB between two minor collections 18 were copied, 25 ms
 * each time instead of 5, and an operation took twice the CPU. So what is in here is in boxes, which are empty when they leave.
 */
export class ChurnMap<Key, Value> {
  readonly #boxes = new Map<Key, Box<Value>>();

  get size(): number {
    return this.#boxes.size;
  }

  get(key: Key): Value | undefined {
    return this.#boxes.get(key)?.value;
  }

  set(key: Key, value: Value): void {
    const box = this.#boxes.get(key);
    if (box === undefined) this.#boxes.set(key, { value });
    else box.value = value;
  }

  /** What was there. */
  delete(key: Key): Value | undefined {
    const box = this.#boxes.get(key);
    if (box === undefined) return undefined;
    this.#boxes.delete(key);
    const { value } = box;
    box.value = undefined;
    return value;
  }

  /** In the order of their first coming; what leaves or comes meanwhile is seen or not as in a Map. */
  *entries(): IterableIterator<[Key, Value]> {
    for (const [key, { value }] of this.#boxes) if (value !== undefined) yield [key, value];
  }

  clear(): void {
    for (const box of this.#boxes.values()) box.value = undefined;
    this.#boxes.clear();
  }
}

interface Box<Value> {
  value: Value | undefined;
}
