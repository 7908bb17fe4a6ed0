import type { IncomingMessage } from 'node:http';
import { shownError } from '../errors.ts';

/** Addresses are logged by every proxy on the way, and kept by browsers. */
const proofInAddress = /[?&](?:authorization|access_token|api_?key|key|token)=|osk_[0-9a-f]{12}_/i;

/**
 * A proof of identity stands in one `authorization` header. Node keeps the first of two and another server on the way may have looked at
 * the second, so that two are refused. Throws BAD_REQUEST or UNAUTHENTICATED.
 */
export function checkProofPlace({ rawHeaders, url = '/' }: Pick<IncomingMessage, 'rawHeaders' | 'url'>): void {
  let found = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') found++;
  }
  if (found > 1) throw shownError('BAD_REQUEST', 'There may be one Authorization header.');
  if (url.includes('?') && proofInAddress.test(url)) {
    throw shownError(
      'UNAUTHENTICATED',
      'A proof of identity belongs into the Authorization header, never into an address.',
    );
  }
}
