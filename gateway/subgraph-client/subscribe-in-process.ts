import { GatewayError, shownError } from '../errors.ts';
import { checkResponse } from './read-response.ts';
import type { InProcessSubscription, SubgraphResponse, SubgraphSubscription } from './subgraph-client.ts';

/** Subscribes to a subgraph in this process. Pulled, so that nothing waits between it and us. */
export async function* subscribeInProcess(
  subscribe: InProcessSubscription,
  { query, operationName, variables, headers, signal }: SubgraphSubscription,
): AsyncGenerator<SubgraphResponse> {
  const request = {
    query,
    ...(operationName === undefined ? {} : { operationName }),
    variables: { ...variables },
    headers,
    signal,
  };
  try {
    for await (const result of subscribe(request)) yield checkResponse(result);
  } catch (cause) {
    if (signal.aborted) return;
    if (cause instanceof GatewayError) throw cause;
    throw shownError('UPSTREAM_UNAVAILABLE', 'A source of this field cannot be reached now.', { cause });
  }
}
