import type { BreakerPhase, SubgraphSettings } from './subgraph-settings.ts';

/** Leaves a subgraph alone that failed many times in a row, so that a dead one costs its callers no deadline. */
export interface CircuitBreaker {
  /** False: do not call now. After the pause exactly one call is let through to try. */
  admit(): boolean;
  succeeded(): void;
  failed(): void;
  /** The call ended without telling anything of the subgraph: the client left. */
  abandoned(): void;
}

type State =
  | { readonly phase: 'closed'; readonly failures: number }
  | { readonly phase: 'open'; readonly until: number }
  | { readonly phase: 'half-open' };

/** `now` in ms, monotonic. */
export function createCircuitBreaker(
  settings: Pick<SubgraphSettings, 'breakerFailures' | 'breakerOpenMs'>,
  now: () => number,
  onChange: (phase: BreakerPhase) => void,
): CircuitBreaker {
  let state: State = { phase: 'closed', failures: 0 };

  function enter(next: State): void {
    const isChange = next.phase !== state.phase;
    state = next;
    if (isChange) onChange(next.phase);
  }

  return {
    admit() {
      if (state.phase === 'closed') return true;
      if (state.phase === 'half-open' || now() < state.until) return false;
      enter({ phase: 'half-open' });
      return true;
    },
    succeeded() {
      // Late answers of calls from before the pause also show that the subgraph lives.
      if (state.phase !== 'closed' || state.failures > 0) enter({ phase: 'closed', failures: 0 });
    },
    failed() {
      const failures = state.phase === 'closed' ? state.failures + 1 : settings.breakerFailures;
      if (failures >= settings.breakerFailures) enter({ phase: 'open', until: now() + settings.breakerOpenMs });
      else enter({ phase: 'closed', failures });
    },
    abandoned() {
      if (state.phase === 'half-open') enter({ phase: 'open', until: now() });
    },
  };
}
