import type { SubgraphClient, SubgraphClients } from './subgraph-client/subgraph-client.ts';
import type { CallTrace, Tracing } from './telemetry/tracing.ts';

/** Gives every call of a subgraph a span of its own, and the subgraph that span as parent; nothing when nothing is recorded. */
export function traceSubgraphClients(clients: SubgraphClients, { startCall }: Tracing): SubgraphClients {
  if (startCall === undefined) return clients;
  const traced = new Map<SubgraphClient, SubgraphClient>();
  return {
    get(name) {
      const client = clients.get(name);
      if (client === undefined) return undefined;
      const known = traced.get(client) ?? traceClient(name, client, startCall);
      traced.set(client, known);
      return known;
    },
    close: () => clients.close(),
  };
}

function traceClient(
  name: string,
  client: SubgraphClient,
  startCall: (subgraph: string, traceparent: string | undefined) => CallTrace,
): SubgraphClient {
  return {
    async execute(request) {
      const call = startCall(name, request.headers.traceparent);
      try {
        const response = await client.execute({
          ...request,
          headers: { ...request.headers, traceparent: call.traceparent },
        });
        call.end();
        return response;
      } catch (error) {
        call.end(error instanceof Error ? error.message : 'failed');
        throw error;
      }
    },
    subscribe: (request) => client.subscribe(request), // no span is open for hours
    close: () => client.close(),
  };
}
