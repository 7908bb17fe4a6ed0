import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { type ErrorCode, errorCatalogue, GatewayError } from '../errors.ts';
import { createLineBudget } from './line-budget.ts';
import { forLog } from './logger.ts';
import type { Metrics, OperationOutcome } from './metrics.ts';
import type { Tracing } from './tracing.ts';

/** Told about every request that a transport takes. */
export interface OperationObserver {
  begin(headers: IncomingHttpHeaders, requestId: string): OperationObservation;
}

/** One request; `end` is called once, whatever happens. */
export interface OperationObservation {
  /** What the subgraphs are sent, so that their traces join this one. */
  readonly headers: Readonly<Record<string, string>>;
  /** Once the operation is known. The name is the client's: for logs, never for metrics. */
  operation(type: string, name: string | null): void;
  /** The request was refused, or failed whole. What the client must not see goes into the log. */
  refused(error: unknown, code?: string): void;
  /** The engine's answer, with what failed below. */
  answered(errorCount: number, hasData: boolean, failures: readonly GatewayError[]): void;
  /** The response was written, or the client left before. */
  end(wasSent: boolean): void;
}

/** Lines about failures, a second: a dead subgraph under load must not become a full disk. */
const failureLinesPerSecond = 20;

export function createOperationObserver(metrics: Metrics, tracing: Tracing, logger: Logger): OperationObserver {
  const budget = createLineBudget(failureLinesPerSecond, (suppressed) => {
    logger.warn({ suppressed }, 'Further failures were not logged');
  });
  return {
    begin(incoming, requestId) {
      const startedAt = performance.now();
      const trace = tracing.startOperation({ traceparent: incoming.traceparent, tracestate: incoming.tracestate });
      let type = 'unknown';
      let name: string | undefined;
      let outcome: OperationOutcome = 'refused';
      let failure: string | undefined;
      return {
        headers: trace.headers,
        operation(operationType, operationName) {
          type = operationType;
          name = forLog(operationName);
          outcome = 'failed';
        },
        refused(error, code) {
          const known = code ?? codeOf(error);
          failure = known;
          metrics.refusals.inc({ code: known });
          if (isHidden(error, known) && budget.take())
            logger.error({ err: error, requestId, operation: name }, 'A request failed');
        },
        answered(errorCount, hasData, failures) {
          outcome = outcomeOf(errorCount, hasData);
          for (const { code, cause, message } of failures) {
            failure = code;
            if (budget.take())
              logger.warn({ err: cause ?? message, code, requestId, operation: name }, 'A subgraph call failed');
          }
        },
        end(wasSent) {
          const durationMs = performance.now() - startedAt;
          if (!wasSent) outcome = 'cancelled';
          metrics.operations.inc({ type, outcome });
          metrics.operationSeconds.observe({ type }, durationMs / 1_000);
          trace.end(
            { 'graphql.operation.type': type, 'graphql.operation.name': name ?? '', 'request.id': requestId },
            failure,
          );
          logger.debug({ requestId, type, operation: name, outcome, code: failure, durationMs }, 'Operation');
        },
      };
    },
  };
}

function outcomeOf(errorCount: number, hasData: boolean): OperationOutcome {
  if (errorCount === 0) return 'ok';
  return hasData ? 'partial' : 'refused';
}

/** Only codes of the catalogue become labels. */
function codeOf(error: unknown): ErrorCode {
  return error instanceof GatewayError ? error.code : 'INTERNAL_SERVER_ERROR';
}

function isHidden(error: unknown, code: string): boolean {
  if (error instanceof GatewayError) return !error.isShown;
  return !Object.hasOwn(errorCatalogue, code) || code === 'INTERNAL_SERVER_ERROR';
}
