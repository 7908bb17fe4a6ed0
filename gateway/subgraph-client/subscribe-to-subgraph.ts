import { shownError } from '../errors.ts';
import type { SignCall } from './sign-call.ts';
import type { SubgraphResponse, SubgraphSubscription, SubgraphTarget } from './subgraph-client.ts';
import { subscribeInProcess } from './subscribe-in-process.ts';
import { createSocketSubscriber } from './subscribe-over-socket.ts';

/** The subscriptions to one subgraph, by whatever way. Close it when none is needed any more. */
export interface Subscriber {
  subscribe(request: SubgraphSubscription): AsyncIterable<SubgraphResponse>;
  close(): Promise<void>;
}

/** Opens nothing until the first subscription. */
export function createSubscriber(target: SubgraphTarget, sign?: SignCall): Subscriber {
  switch (target.kind) {
    case 'http':
      return createSocketSubscriber(target.url.replace(/^http/, 'ws'), sign);
    case 'in-process': {
      const { subscribe } = target;
      return {
        subscribe: (request) => (subscribe === undefined ? refuse() : subscribeInProcess(subscribe, request)),
        close: async () => undefined,
      };
    }
    default:
      return target satisfies never;
  }
}

// biome-ignore lint/correctness/useYield: it is read like a stream
async function* refuse(): AsyncGenerator<SubgraphResponse> {
  throw shownError('SUBSCRIPTION_NOT_SUPPORTED', 'A source of this field carries no subscriptions.');
}
