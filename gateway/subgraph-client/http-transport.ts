import { type Dispatcher, errors, Pool } from 'undici';
import type { Cancellation } from '../basics/cancellation.ts';
import { shownError } from '../errors.ts';
import { invalidResponse, readResponse } from './read-response.ts';
import { type SignCall, signatureHeader, statementHeader } from './sign-call.ts';
import type { SubgraphResponse } from './subgraph-client.ts';
import type { SubgraphSettings } from './subgraph-settings.ts';
import { ConnectionFailure, type SubgraphTransport, type TransportAnswer } from './subgraph-transport.ts';

const jsonType = /^application\/(graphql-response\+)?json\b/i;

/** Calls a subgraph over HTTP/1.1 with a bounded pool of kept connections; each call is signed, when there is what signs. Close it with the supergraph. */
export function createHttpTransport(url: string, settings: SubgraphSettings, sign?: SignCall): SubgraphTransport {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: settings.maxConnections,
    pipelining: 1,
    keepAliveTimeout: settings.keepAliveMs,
    keepAliveMaxTimeout: settings.keepAliveMs,
    connectTimeout: settings.deadlineMs,
    // The caller's deadline ends a call; these only must not come before it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    send({ document, variablesText, headers }, cancellation) {
      if (cancellation.aborted) return Promise.reject(cancellation.reason);
      const { promise, resolve, reject } = Promise.withResolvers<TransportAnswer>();
      const body = `${document.bodyPrefix}${variablesText}}`;
      const handler = createHandler(
        (text) => readResponse(text, document),
        settings.maxResponseBytes,
        cancellation,
        resolve,
        reject,
      );
      pool.dispatch(
        {
          path: pathname + search,
          method: 'POST',
          headers: {
            ...headers,
            ...(sign && { [signatureHeader]: sign(headers[statementHeader], body) }),
            'content-type': 'application/json',
            accept: 'application/graphql-response+json, application/json;q=0.9',
          },
          body,
        },
        handler,
      );
      return promise;
    },
    async close() {
      if (!pool.destroyed) await pool.destroy();
    },
  };
}

/**
 * Collects one answer within its size limit. undici's dispatch interface, because `request()` makes a stream per answer:
 * measured at 1.3 times the time of a small call.
 */
function createHandler(
  read: (text: string) => SubgraphResponse,
  maxBytes: number,
  cancellation: Cancellation,
  resolve: (answer: TransportAnswer) => void,
  reject: (reason: unknown) => void,
): Dispatcher.DispatchHandler {
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let size = 0;
  const chunks: Buffer[] = [];

  cancellation.listen((reason) => {
    // First: aborting tells the handler of an error, which then must find the promise settled.
    reject(reason);
    controller?.abort(asError(reason));
  });

  function refuse(failure: Error): void {
    reject(failure);
    controller?.abort(failure);
  }

  return {
    onRequestStart(started) {
      controller = started;
      if (cancellation.aborted) started.abort(asError(cancellation.reason));
    },
    onResponseStart(_controller, statusCode, headers) {
      status = statusCode;
      if (statusCode < 200) return;
      const type = String(headers['content-type'] ?? '');
      if (!jsonType.test(type)) refuse(notJson(statusCode, type));
      else if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
        refuse(invalidResponse('The answer is compressed, which was not asked for.'));
      } else if (Number(headers['content-length'] ?? 0) > maxBytes) refuse(tooLarge(maxBytes));
    },
    onResponseData(_controller, chunk) {
      size += chunk.length;
      if (size > maxBytes) refuse(tooLarge(maxBytes));
      else chunks.push(chunk);
    },
    onResponseEnd() {
      cancellation.listen(undefined);
      try {
        const [only] = chunks;
        const text = chunks.length === 1 && only ? only.toString('utf8') : Buffer.concat(chunks).toString('utf8');
        resolve({ response: read(text), text: () => text });
      } catch (failure) {
        reject(status >= 500 ? unavailable(`Status ${status}.`, failure) : failure);
      }
    },
    onResponseError(_controller, error) {
      reject(toFailure(error, status > 0));
    },
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}

function notJson(status: number, type: string): Error {
  const reason = `Status ${status} with the content type ${JSON.stringify(type.slice(0, 100))}.`;
  return status >= 500 ? unavailable(reason) : invalidResponse(reason);
}

function tooLarge(maxBytes: number): Error {
  return invalidResponse(`The answer has more than ${maxBytes} bytes.`);
}

function unavailable(reason: string, cause?: unknown): Error {
  return shownError('UPSTREAM_UNAVAILABLE', 'A source of this field cannot be reached now.', {
    cause: new Error(reason, { cause }),
  });
}

function toFailure(error: Error, hasBegun: boolean): Error {
  if (error instanceof errors.InvalidArgumentError) return invalidResponse('The request cannot be sent.', error);
  if (hasBegun) return unavailable('The connection broke within the answer.', error);
  return new ConnectionFailure('The connection failed.', { cause: error });
}
