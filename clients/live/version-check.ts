interface Versioned<Item> {
  readonly kind: 'SNAPSHOT' | 'CHANGES' | 'HEARTBEAT';
  readonly items: readonly Item[];
}

/** Knows the last version of each key. */
export interface VersionCheck<Item> {
  /** Takes an event in; the key whose version does not follow the last one, if there is one. Conflated ones may jump, never go back. */
  findHole(event: Versioned<Item>, isConflated: boolean): string | undefined;
  clear(): void;
}

/** One that knows nothing yet: the first version of a key is taken as it is. */
export function createVersionCheck<Item>(
  versionOf: (item: Item) => { readonly key: string; readonly version: number },
): VersionCheck<Item> {
  const versions = new Map<string, number>();
  return {
    findHole({ kind, items }, isConflated) {
      if (kind === 'SNAPSHOT') versions.clear();
      for (const item of items) {
        const { key, version } = versionOf(item);
        const last = versions.get(key);
        if (kind === 'CHANGES' && last !== undefined && (isConflated ? version <= last : version !== last + 1))
          return key;
        versions.set(key, version);
      }
      return undefined;
    },
    clear: () => versions.clear(),
  };
}
