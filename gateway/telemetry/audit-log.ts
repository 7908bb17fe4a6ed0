import type { Logger } from 'pino';
import { GatewayError } from '../errors.ts';
import { createLineBudget } from './line-budget.ts';
import { forLog } from './logger.ts';

/** What was refused to whom. */
export interface RefusedOperation {
  readonly kind: string;
  readonly id: string;
  readonly operation: string | undefined;
  readonly requestId: string;
  /** Coordinates of what may not be seen; empty when the whole operation was refused. */
  readonly refusals: readonly string[];
}

/** One JSON line for each refusal, `audit: "refused"`, with who, what, why and the request id; never with a proof of identity. */
export interface AuditLog {
  refusedProof(error: unknown, requestId: string): void;
  refusedOperation(refused: RefusedOperation): void;
}

/** A guesser of keys must not become a full disk; what is left out is counted in a line of its own. */
const linesPerSecond = 100;
const maxCoordinates = 10;

export function createAuditLog(logger: Logger): AuditLog {
  const budget = createLineBudget(linesPerSecond, (suppressed) => {
    logger.warn({ audit: 'suppressed', suppressed }, 'Further refusals were not logged');
  });
  return {
    refusedProof(error, requestId) {
      if (!(error instanceof GatewayError) || error.code !== 'UNAUTHENTICATED' || !budget.take()) return;
      const { cause } = error;
      // Our own words: a library's message may quote what a token says.
      const reason = cause instanceof Error ? cause.message : error.message;
      logger.info({ audit: 'refused', reason, requestId }, 'A proof of identity was refused');
    },
    refusedOperation({ kind, id, operation, requestId, refusals }) {
      if (!budget.take()) return;
      const principal = { kind, id: forLog(id) };
      const fields = refusals.slice(0, maxCoordinates);
      const reason = refusals.length === 0 ? 'the whole operation' : `${refusals.length} fields`;
      logger.info(
        { audit: 'refused', principal, operation: forLog(operation), reason, fields, requestId },
        'A caller may not see what it asked for',
      );
    },
  };
}
