import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { shownError } from '../errors.ts';
import type { AuditLog } from '../telemetry/audit-log.ts';

/**
 * Throws UNAUTHENTICATED unless the request carries the token, and says so in the audit. Compared as hashes, so that neither content nor length shows
 * in the time.
 */
export function requireAdminToken(request: FastifyRequest, token: string, audit: Pick<AuditLog, 'admin'>): void {
  const [, given = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(given), digest(token))) {
    const isRefused = true;
    audit.admin(`${request.method} ${request.routeOptions.url}`, request.id, { isRefused, reason: 'no admin token' });
    throw shownError('UNAUTHENTICATED', 'This needs the admin token.');
  }
}
