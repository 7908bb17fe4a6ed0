import { shownError } from '../errors.ts';
import { abortable } from './abortable.ts';
import { checkResponse } from './read-response.ts';
import type { InProcessSubgraph } from './subgraph-client.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';

/** Calls a subgraph in this process; it is given what it would find in an HTTP request. */
export function createInProcessTransport(execute: InProcessSubgraph): SubgraphTransport {
  return {
    async send({ document, variablesText, headers }, { signal }) {
      // In an async function, so that a throw before the first await is a rejection too.
      const call = async () =>
        execute({
          query: document.query,
          ...(document.operationName === undefined ? {} : { operationName: document.operationName }),
          variables: JSON.parse(variablesText),
          headers,
          signal,
        });
      const response = checkResponse(await abortable(call(), signal).catch((cause: unknown) => fail(cause, signal)));
      return { response, text: () => JSON.stringify(response) };
    },
    async close() {},
  };
}

/** A subgraph that throws instead of answering is what an HTTP server answers with 500. */
function fail(cause: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  throw shownError('UPSTREAM_UNAVAILABLE', 'A source of this field cannot be reached now.', { cause });
}
