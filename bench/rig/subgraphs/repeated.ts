import { hash } from 'node:crypto';
import { BoundedCache } from '../../../gateway/basics/bounded-cache.ts';
import { createDoorkeeper } from '../../../gateway/transport/doorkeeper.ts';

/**
 * Remembers what was made for a key, from its second time on, within a bound of entries. What comes once leaves nothing behind: kept for a while it
 * grew old, and the subgraphs' full collections of 0.2 s were in one gateway's window and not in another's.
 */
export function createRepeated<Value>(entries: number): (key: string, make: () => Value) => Value {
  const known = new BoundedCache<Value>(entries);
  const doorkeeper = createDoorkeeper({ atOnce: 0, perSecond: 0 });
  return (key, make) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const made = make();
    // It reads each character, and a body may have 10,000.
    if (doorkeeper.admits(hash('sha1', key))) known.set(key, made);
    return made;
  };
}
