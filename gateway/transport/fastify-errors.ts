import type { FastifyError } from 'fastify';
import { shownError } from '../errors.ts';

/** Fastify's own refusals in our words: its messages quote the request. */
export function inOurWords(error: FastifyError | Error): Error {
  if (!('code' in error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return shownError('BODY_TOO_LARGE', 'The request body has too many bytes.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return shownError('UNSUPPORTED_MEDIA_TYPE', 'This content type is not taken.');
    default:
      return error.statusCode < 500 ? shownError('BAD_REQUEST', 'The request cannot be read.') : error;
  }
}
