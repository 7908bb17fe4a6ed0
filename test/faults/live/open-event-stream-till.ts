import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ShelfCopy } from './shelf-copy.ts';
import { type FollowedGraph, readShelf, type Till, tillQueries } from './till.ts';

/** A till over an event stream, as a browser's EventSource does it: what it was sent last as `id` comes back as `Last-Event-ID`. */
export function openEventStreamTill(
  { graphqlUrl, authorization }: FollowedGraph,
  location: string,
  copy: ShelfCopy,
): Till {
  const search = new URLSearchParams({ query: tillQueries.plain, variables: JSON.stringify({ location }) });
  let request: ClientRequest | undefined;
  let response: IncomingMessage | undefined;
  let isClosed = false;
  let leaving = new AbortController();

  const follow = async (left: AbortSignal): Promise<void> => {
    while (!left.aborted) {
      await new Promise<void>((resolve) => {
        const lastId = copy.cursor === undefined ? {} : { 'last-event-id': copy.cursor };
        request = get(`${graphqlUrl}?${search}`, {
          headers: { accept: 'text/event-stream', authorization, ...lastId },
          agent: false,
        });
        request.once('response', (opened) => {
          response = opened;
          const read = createMessageReader((message) => left.aborted || take(message, copy));
          opened.setEncoding('utf8').on('data', read);
          opened.on('error', () => undefined);
          opened.once('close', resolve);
        });
        request.once('error', () => resolve());
        request.once('close', resolve);
      });
      await delay(100 + Math.random() * 400, undefined, { signal: left }).catch(() => undefined);
      if (!left.aborted) copy.comeBack(false);
    }
  };
  let following = follow(leaving.signal);
  const leave = async (): Promise<void> => {
    leaving.abort();
    request?.destroy();
    response?.destroy();
    await following;
  };
  return {
    copy,
    cut: () => void request?.destroy(),
    stall: () => void response?.pause(),
    wake: () => void response?.resume(),
    async restart(isLost) {
      await leave();
      if (isClosed) return;
      copy.comeBack(isLost);
      leaving = new AbortController();
      following = follow(leaving.signal);
    },
    async close() {
      isClosed = true;
      await leave();
    },
  };
}

/** Puts chunks together to messages: their `data`, when they have one. */
function createMessageReader(onData: (data: string) => void): (chunk: string) => void {
  let text = '';
  return (chunk) => {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = text
        .slice(0, end)
        .split('\n')
        .find((line) => line.startsWith('data: '));
      text = text.slice(end + 2);
      if (data !== undefined) onData(data.slice(6));
    }
  };
}

function take(message: string, copy: ShelfCopy): void {
  if (message === '') return; // of "complete"
  const { data, extensions } = JSON.parse(message) as {
    readonly data?: Record<string, unknown>;
    readonly extensions?: { readonly live?: { readonly conflated?: boolean } };
  };
  if (!data) return; // an error: the stream ends, and is taken up again
  const { items, ...event } = readShelf(data);
  copy.apply({ ...event, levels: items, isConflated: extensions?.live?.conflated === true });
}
