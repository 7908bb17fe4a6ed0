import type { EndSignal } from '../basics/cancellation.ts';
import { shownError } from '../errors.ts';
import { createSubgraphCaller } from './call-subgraph.ts';
import { createHttpTransport } from './http-transport.ts';
import { createInFlightSharing } from './in-flight-sharing.ts';
import { createInProcessTransport } from './in-process-transport.ts';
import { readResponse } from './read-response.ts';
import { createCallSigner } from './sign-call.ts';
import type {
  SubgraphClient,
  SubgraphClients,
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTarget,
} from './subgraph-client.ts';
import { defaultSubgraphSettings, type SubgraphObserver, type SubgraphSettings } from './subgraph-settings.ts';
import type { TransportAnswer } from './subgraph-transport.ts';
import { createSubscriber } from './subscribe-to-subgraph.ts';

/** Counts the mutations that ended: a query never joins a flight that began before one, or a writer would read old data. */
interface WriteClock {
  writes: number;
}

/** One answer for several callers: the one who asked gets the objects, the others read the text again. */
interface SharedAnswer {
  readonly answer: TransportAnswer;
  text: string | undefined;
}

/** The first caller may change the objects as soon as it runs, so the text is taken before. */
function shareAnswer(shared: SharedAnswer, callers: number): void {
  if (callers > 1) shared.text = shared.answer.text();
}

/**
 * Makes the clients of all subgraphs, by the name the planner uses. Opens no connection yet, so that a gateway starts while
 * a subgraph is missing. Close it when the last operation on this supergraph has ended.
 */
export function createSubgraphClients(
  targets: ReadonlyMap<string, SubgraphTarget>,
  settings: Partial<SubgraphSettings> = {},
  observer: SubgraphObserver = {},
): SubgraphClients {
  const all: SubgraphSettings = { ...defaultSubgraphSettings, ...settings };
  const clock: WriteClock = { writes: 0 };
  const clients = new Map<string, SubgraphClient>();
  for (const [name, target] of targets) clients.set(name, createClient(name, target, all, observer, clock));
  return {
    get: (name) => clients.get(name),
    async close() {
      await Promise.all(Array.from(clients.values(), (client) => client.close()));
    },
  };
}

function createClient(
  name: string,
  target: SubgraphTarget,
  settings: SubgraphSettings,
  observer: SubgraphObserver,
  clock: WriteClock,
): SubgraphClient {
  const sign = settings.secret === undefined ? undefined : createCallSigner(name, settings.secret);
  const transport =
    target.kind === 'http' ? createHttpTransport(target.url, settings, sign) : createInProcessTransport(target.execute);
  const subscriber = createSubscriber(target, sign);
  const call = createSubgraphCaller(name, settings, observer);
  const sharing = createInFlightSharing<SharedAnswer>(shareAnswer);
  const closing = new AbortController();

  const send = (request: SubgraphRequest, signal: EndSignal) =>
    call(request.document.kind, signal, (cancellation) => transport.send(request, cancellation));

  async function sendShared(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { document, audience, variablesText } = request;
    const key = { writes: clock.writes, document: document.id, audience, variables: variablesText };
    const { result, isJoined } = sharing.run(key, request.signal, (cancellation) =>
      send(request, cancellation).then((answer): SharedAnswer => ({ answer, text: undefined })),
    );
    if (isJoined) observer.callShared?.(name);
    const { answer, text } = await result;
    return isJoined && text !== undefined ? readResponse(text, document) : answer.response;
  }

  return {
    async execute(request) {
      if (closing.signal.aborted) throw closing.signal.reason;
      if (request.document.kind !== 'query') {
        try {
          return (await send(request, request.signal)).response;
        } finally {
          clock.writes++;
        }
      }
      return request.sharing ? sendShared(request) : (await send(request, request.signal)).response;
    },
    subscribe: (request) => subscriber.subscribe(request),
    async close() {
      closing.abort(shownError('SHUTTING_DOWN', 'This subgraph client is closed.'));
      await subscriber.close();
      await transport.close();
    },
  };
}
