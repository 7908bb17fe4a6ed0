/** Watches the keys of groups that should stand together in a file, and remembers those that come again later. */
export interface RepeatedKeys {
  /** Tells the key of the next row; the same as the last one is nothing new. */
  see(key: string): void;
  /** Every key that came again, and by chance a few that did not. */
  readonly found: ReadonlySet<string>;
}

/**
 * A Bloom filter of 16 MiB instead of a set of all keys: no key that comes again is missed, memory stays the same for a file of any size, and
 * of a million keys about 80 are remembered by mistake, which costs nothing but that they are written last.
 */
const bits = 2 ** 27;
const maxFound = 200_000;

/** @throws Error (from `see`) when the file is in no order at all */
export function watchRepeatedKeys(): RepeatedKeys {
  const filter = new Uint32Array(bits / 32);
  const found = new Set<string>();
  let last: string | undefined;
  return {
    found,
    see: (key) => {
      if (key === last) return;
      last = key;
      const [a, b] = twoHashes(key);
      const isKnown = has(filter, a) && has(filter, b);
      mark(filter, a);
      mark(filter, b);
      if (!isKnown) return;
      if (found.size >= maxFound)
        throw new Error(`More than ${maxFound} orders are scattered over the file: sort it by their numbers first`);
      found.add(key);
    },
  };
}

/** FNV-1a and a multiplicative hash over the same characters. */
function twoHashes(key: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x85ebca6b) ^ (b >>> 13);
  }
  return [spread(a), spread(b)];
}

function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) >>> 0) % bits;
}

function has(filter: Uint32Array, bit: number): boolean {
  return ((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}

function mark(filter: Uint32Array, bit: number): void {
  filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
}
