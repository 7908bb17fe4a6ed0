import type { SubgraphClients, SubgraphTarget } from './subgraph-client/subgraph-client.ts';

/** Subgraph clients that live as long as some supergraph uses them. */
export interface ClientPool {
  /** The clients for these targets, shared with every holder of the same targets. Release them once. */
  take(targets: ReadonlyMap<string, SubgraphTarget>): { readonly clients: SubgraphClients; release(): Promise<void> };
}

interface Entry {
  readonly clients: SubgraphClients;
  holders: number;
}

/** A swap that moves no subgraph keeps connections, circuit breakers and what is in flight. */
export function createClientPool(
  create: (targets: ReadonlyMap<string, SubgraphTarget>) => SubgraphClients,
): ClientPool {
  const entries = new Map<string, Entry>();
  const inProcess = new Map<unknown, number>();

  /** Equal for equal targets; a function in this process is told from another by a number of its own. */
  const keyOf = (target: SubgraphTarget): string => {
    if (target.kind === 'http') return target.url;
    const number = inProcess.get(target.execute) ?? inProcess.size;
    inProcess.set(target.execute, number);
    return `#${number}`;
  };

  return {
    take(targets) {
      const key = JSON.stringify([...targets].map(([name, target]) => [name, keyOf(target)]).sort());
      const entry = entries.get(key) ?? { clients: create(targets), holders: 0 };
      entries.set(key, entry);
      entry.holders++;
      let isHeld = true;
      return {
        clients: entry.clients,
        async release() {
          if (!isHeld) return;
          isHeld = false;
          entry.holders--;
          if (entry.holders > 0) return;
          entries.delete(key);
          await entry.clients.close();
        },
      };
    },
  };
}
