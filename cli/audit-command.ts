import { userInfo } from 'node:os';
import { pino } from 'pino';
import { createAuditLog } from '../gateway/telemetry/audit-log.ts';
import { createLogger } from '../gateway/telemetry/logger.ts';

/** Writes an audit line to standard error, whatever the log level: standard output is for what a command prints. `reason` holds no secret. */
export function auditCommand(operation: string, reason: string): void {
  const standardError = pino.destination({ dest: 2, sync: true });
  createAuditLog(createLogger('info', standardError)).command(operation, userName(), reason);
}

/** In a container, a user may have a number only. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
