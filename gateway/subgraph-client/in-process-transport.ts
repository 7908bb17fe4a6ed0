import { abortable } from './abortable.ts';
import { checkResponse } from './read-response.ts';
import type { InProcessSubgraph } from './subgraph-client.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';

/** Calls a subgraph in this process; it is given what it would find in an HTTP request. */
export function createInProcessTransport(execute: InProcessSubgraph): SubgraphTransport {
  return {
    async send({ document, variablesText, headers }, signal) {
      const answer = execute({
        query: document.query,
        ...(document.operationName === undefined ? {} : { operationName: document.operationName }),
        variables: JSON.parse(variablesText),
        headers,
        signal,
      });
      const response = checkResponse(await abortable(answer, signal));
      return { response, text: () => JSON.stringify(response) };
    },
    async close() {},
  };
}
