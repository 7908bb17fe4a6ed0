import { onTestFinished } from 'vitest';
import { createSubgraphClients } from '../../../gateway/subgraph-client/create-subgraph-clients.ts';
import type {
  SubgraphClient,
  SubgraphRequest,
  SubgraphTarget,
} from '../../../gateway/subgraph-client/subgraph-client.ts';
import type { SubgraphObserver, SubgraphSettings } from '../../../gateway/subgraph-client/subgraph-settings.ts';

/** A client of one subgraph, closed when the test ends. */
export function openClient(
  target: SubgraphTarget,
  settings: Partial<SubgraphSettings> = {},
  observer: SubgraphObserver = {},
): SubgraphClient {
  const clients = createSubgraphClients(new Map([['tested', target]]), settings, observer);
  onTestFinished(() => clients.close());
  const client = clients.get('tested');
  if (client === undefined) throw new Error('the client is missing');
  return client;
}

/** A request with sensible parts; equal requests are equal in everything. */
export function requestOf(changes: Partial<SubgraphRequest> & { readonly query?: string } = {}): SubgraphRequest {
  const { query = '{ a }', ...rest } = changes;
  return {
    document: {
      id: query,
      query,
      operationName: undefined,
      bodyPrefix: `{"query":${JSON.stringify(query)},"variables":`,
      kind: query.startsWith('mutation') ? 'mutation' : 'query',
    },
    variablesText: '{}',
    headers: {},
    signal: new AbortController().signal,
    audience: 'everybody',
    sharing: false,
    ...rest,
  };
}
