import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

const breakerStates = { closed: 0, 'half-open': 1, open: 2 } as const;

/** What the subgraph clients report: counted here, and logged when a breaker changes. Names are the supergraph's own. */
export function createSubgraphObserver(metrics: Metrics, logger: Logger) {
  return {
    callEnded(call: {
      readonly subgraph: string;
      readonly outcome: string;
      readonly durationMs: number;
      readonly attempts: number;
    }): void {
      const { subgraph, outcome, durationMs, attempts } = call;
      metrics.subgraphRequests.inc({ subgraph, outcome });
      if (attempts > 0) metrics.subgraphSeconds.observe({ subgraph }, durationMs / 1_000);
      if (attempts > 1) metrics.subgraphRetries.inc({ subgraph }, attempts - 1);
    },
    callShared(subgraph: string): void {
      metrics.subgraphShared.inc({ subgraph });
    },
    breakerChanged(subgraph: string, phase: keyof typeof breakerStates): void {
      metrics.breaker.set({ subgraph }, breakerStates[phase]);
      logger[phase === 'open' ? 'warn' : 'info']({ subgraph, phase }, 'A circuit breaker changed');
    },
  };
}
