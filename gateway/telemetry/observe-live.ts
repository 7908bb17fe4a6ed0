import type { Logger } from 'pino';
import { createLineBudget } from './line-budget.ts';
import type { Metrics } from './metrics.ts';
import type { Tracing } from './tracing.ts';

/** Lines about broken upstreams, a second. */
const linesPerSecond = 5;

/** What the live part reports: counted here; what the operator should know is logged. */
export function createLiveObserver(metrics: Metrics, logger: Logger, tracing: Tracing) {
  const budget = createLineBudget(linesPerSecond, (suppressed) => {
    logger.warn({ suppressed }, 'Further failures of live operations were not logged');
  });
  return {
    upstreamOpened: (): void => metrics.liveUpstreams.inc(),
    upstreamBroke(reason: unknown): void {
      metrics.liveUpstreamBreaks.inc();
      if (budget.take()) logger.warn({ err: causeOf(reason) }, 'A live upstream broke; it is taken up again');
    },
    enriched: (): void => metrics.liveEnrichments.inc(),
    enrichmentFailed: (): void => metrics.liveEnrichmentRetries.inc(),
    incomplete: (): void => metrics.liveIncomplete.inc(),
    sentBack: (clients: number): void => metrics.liveSentBack.inc(clients),
    delivered: (count: number): void => metrics.liveDeliveries.inc(count),
    conflated: (): void => metrics.liveConflations.inc(),
    tooSlow: (): void => metrics.liveTooSlow.inc(),
    attached(fromMemory: boolean, hasCursor: boolean): void {
      metrics.liveAttached.inc({ from: fromMemory ? 'memory' : 'upstream', start: hasCursor ? 'cursor' : 'snapshot' });
    },
    clientOpened: (requestId: string): void => logger.debug({ requestId }, 'A live operation began for a client'),
    clientClosed: (requestId: string, reason: string): void =>
      logger.debug({ requestId, reason }, 'A live operation ended for a client'),
    traceEvent: tracing.startEvent,
    failed(failure: unknown): void {
      if (budget.take()) logger.warn({ err: causeOf(failure) }, 'A live event was not enriched whole');
    },
  };
}

function causeOf(failure: unknown): unknown {
  return failure instanceof Error ? (failure.cause ?? failure) : failure;
}
