/** Collects items and hands them on together. Must be flushed at the end. */
export interface Batch<Item> {
  /** Undefined when nothing had to be waited for. */
  add(item: Item): Promise<void> | undefined;
  flush(): Promise<void>;
}

/**
 * A batch is handed on when it weighs `maxWeight`, or when an item shares a key with one that is in it: a statement that writes many rows
 * cannot write one row twice.
 */
export function createBatch<Item>(options: {
  readonly maxWeight: number;
  readonly weigh?: (item: Item) => number;
  readonly keysOf: (item: Item) => readonly string[];
  readonly take: (items: readonly Item[]) => Promise<void>;
}): Batch<Item> {
  const { maxWeight, weigh = () => 1, keysOf, take } = options;
  let items: Item[] = [];
  let keys = new Set<string>();
  let weight = 0;

  const put = (item: Item) => {
    items.push(item);
    for (const key of keysOf(item)) keys.add(key);
    weight += weigh(item);
  };
  const flush = async () => {
    if (items.length === 0) return;
    const taken = items;
    items = [];
    keys = new Set();
    weight = 0;
    await take(taken);
  };

  return {
    add: (item) => {
      if (keysOf(item).some((key) => keys.has(key))) return flush().then(() => put(item));
      put(item);
      return weight >= maxWeight ? flush() : undefined;
    },
    flush,
  };
}
