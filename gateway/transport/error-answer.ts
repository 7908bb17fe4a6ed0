import type { FastifyBaseLogger } from 'fastify';
import { findRetryAfter, toClientError, writeErrors } from './client-errors.ts';
import { inOurWords } from './fastify-errors.ts';

/** A whole answer that holds nothing but one error. */
export interface ErrorAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The rest of a body that was refused is not waited for. */
  readonly isLast: boolean;
  readonly retryAfterSeconds?: number | undefined;
}

/** What a client gets in the place of an answer; what it must not see goes into the log. */
export function toErrorAnswer(
  error: Error,
  accept: string | undefined,
  requestId: string,
  logger: Pick<FastifyBaseLogger, 'error'>,
): ErrorAnswer {
  const { status, error: shown, isMasked } = toClientError(inOurWords(error));
  if (isMasked) logger.error({ err: error, requestId }, 'A request failed');
  const isNewer = accept?.includes('application/graphql-response+json') === true;
  return {
    status,
    contentType: `application/${isNewer ? 'graphql-response+json' : 'json'}; charset=utf-8`,
    body: writeErrors([shown], requestId),
    isLast: status === 413,
    retryAfterSeconds: findRetryAfter(error),
  };
}
