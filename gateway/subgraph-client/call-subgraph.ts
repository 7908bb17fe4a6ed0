import { Cancellation, type EndSignal } from '../basics/cancellation.ts';
import { createDeadlines } from '../basics/deadlines.ts';
import { offAbort, onAbort } from '../basics/on-abort.ts';
import { GatewayError, hiddenError, shownError } from '../errors.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { SubgraphRequest } from './subgraph-client.ts';
import type { CallOutcome, SubgraphObserver, SubgraphSettings } from './subgraph-settings.ts';
import { ConnectionFailure } from './subgraph-transport.ts';

/** Runs one call to a subgraph with manners. */
export type SubgraphCaller = <T>(
  kind: SubgraphRequest['document']['kind'],
  signal: EndSignal,
  attempt: (cancellation: Cancellation) => Promise<T>,
) => Promise<T>;

/**
 * Makes the caller of one subgraph: at most `maxInFlight` at once, a circuit breaker, a deadline over everything, and one
 * retry of a query whose connection failed before an answer began.
 */
export function createSubgraphCaller(
  subgraph: string,
  settings: SubgraphSettings,
  observer: SubgraphObserver,
  now: () => number = () => performance.now(),
): SubgraphCaller {
  const breaker = createCircuitBreaker(settings, now, (phase) => observer.breakerChanged?.(subgraph, phase));
  const deadlines = createDeadlines(settings.deadlineMs, now);
  let inFlight = 0;

  return async (kind, signal, attempt) => {
    signal.throwIfAborted();
    if (inFlight >= settings.maxInFlight || !breaker.admit()) {
      observer.callEnded?.({ subgraph, kind, outcome: 'refused', durationMs: 0, attempts: 0 });
      throw unavailable(`Calls to ${subgraph} are refused for now.`);
    }
    inFlight++;
    const startedAt = now();
    let attempts = 0;
    let outcome: CallOutcome = 'ok';
    const call = new Cancellation();
    const endDeadline = deadlines.start(() => call.cancel(timedOut(subgraph, settings.deadlineMs)));
    const onLeave = () => call.cancel(signal.reason);
    onAbort(signal, onLeave);
    try {
      for (;;) {
        attempts++;
        try {
          return await attempt(call);
        } catch (error) {
          const isRetried = error instanceof ConnectionFailure && kind === 'query' && attempts === 1;
          if (!isRetried || call.aborted) throw error;
        }
      }
    } catch (error) {
      outcome = signal.aborted ? 'cancelled' : outcomeOf(error);
      throw signal.aborted ? signal.reason : toGatewayError(error, subgraph);
    } finally {
      endDeadline();
      offAbort(signal, onLeave);
      inFlight--;
      if (outcome === 'unavailable' || outcome === 'timeout') breaker.failed();
      else if (outcome === 'cancelled') breaker.abandoned();
      else breaker.succeeded();
      observer.callEnded?.({ subgraph, kind, outcome, durationMs: now() - startedAt, attempts });
    }
  };
}

function outcomeOf(error: unknown): CallOutcome {
  if (error instanceof ConnectionFailure) return 'unavailable';
  if (!(error instanceof GatewayError)) return 'invalid';
  if (error.code === 'UPSTREAM_TIMEOUT') return 'timeout';
  return error.code === 'UPSTREAM_UNAVAILABLE' ? 'unavailable' : 'invalid';
}

function toGatewayError(error: unknown, subgraph: string): GatewayError {
  if (error instanceof GatewayError) return error;
  if (error instanceof ConnectionFailure) return unavailable(`${subgraph} cannot be reached.`, error);
  return hiddenError(`The call to ${subgraph} failed.`, { cause: error });
}

function unavailable(reason: string, cause?: unknown): GatewayError {
  return shownError('UPSTREAM_UNAVAILABLE', 'A source of this field cannot be reached now.', {
    cause: new Error(reason, { cause }),
  });
}

function timedOut(subgraph: string, deadlineMs: number): GatewayError {
  return shownError('UPSTREAM_TIMEOUT', 'A source of this field did not answer in time.', {
    cause: new Error(`${subgraph} did not answer within ${deadlineMs} ms.`),
  });
}
