import { randomUUID } from 'node:crypto';
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

/** What somebody did who had to prove who they are. */
export interface PrivilegedAction {
  readonly kind: string;
  readonly id: string;
  readonly operation: string | undefined;
  /** What was asked for, without its arguments: those may tell of people. */
  readonly fields: readonly string[];
  readonly requestId: string;
  readonly errorCodes: readonly string[];
}

/**
 * One JSON line for each refusal (`audit: "refused"`) and each privileged action (`audit: "done"`), with who, what, why and the request id; never with a
 * proof of identity, nor with arguments. Lines are written whatever the log level is, unless it is `silent`.
 */
export interface AuditLog {
  refusedProof(error: unknown, requestId: string): void;
  refusedOperation(refused: RefusedOperation): void;
  /** Never left out: only callers with a proof make such lines. */
  done(action: PrivilegedAction): void;
  /** Done at a command line, by a user of the machine. */
  command(operation: string, user: string, reason: string): void;
  /** Of whoever runs the gateway: `refused` by the admin token, or done. */
  admin(operation: string, requestId: string, outcome: { readonly isRefused: boolean; readonly reason: string }): void;
}

/** A guesser of keys must not become a full disk; what is left out is counted in a line of its own. */
const linesPerSecond = 100;
const maxCoordinates = 10;

export function createAuditLog(log: Logger): AuditLog {
  const logger = log.level === 'silent' ? log : log.child({}, { level: 'info' });
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
    done({ kind, id, operation, fields, requestId, errorCodes }) {
      const principal = { kind, id: forLog(id) };
      const reason = errorCodes.length === 0 ? 'allowed' : `allowed, with ${[...new Set(errorCodes)].join(', ')}`;
      const shown = fields.slice(0, maxCoordinates);
      logger.info(
        { audit: 'done', principal, operation: forLog(operation), fields: shown, reason: forLog(reason), requestId },
        'A caller has made a change',
      );
    },
    command(operation, user, reason) {
      const principal = { kind: 'operator', id: forLog(user) };
      logger.info({ audit: 'done', principal, operation, reason, requestId: randomUUID() }, 'A command');
    },
    admin(operation, requestId, { isRefused, reason }) {
      if (isRefused && !budget.take()) return;
      const principal = { kind: isRefused ? 'unknown' : 'admin', id: '' };
      logger.info({ audit: isRefused ? 'refused' : 'done', principal, operation, reason, requestId }, 'Administration');
    },
  };
}
