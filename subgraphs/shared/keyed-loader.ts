import DataLoader from 'dataloader';

/**
 * A loader of one request whose keys are objects, such as a SKU with a channel. Keys with the same values, written in the same
 * order, are one. `load` takes many keys and answers in their order.
 */
export function createKeyedLoader<Key extends object, Value>(
  load: (keys: readonly Key[]) => Promise<Value[]>,
): DataLoader<Key, Value, string> {
  return new DataLoader<Key, Value, string>(load, { cacheKeyFn: (key) => JSON.stringify(key) });
}
