import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { shownError } from '../errors.ts';

/** Throws UNAUTHENTICATED unless the request carries the token. Compared as hashes, so that neither content nor length shows in the time. */
export function requireAdminToken(request: FastifyRequest, token: string): void {
  const [, given = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(given), digest(token))) {
    throw shownError('UNAUTHENTICATED', 'This needs the admin token.');
  }
}
