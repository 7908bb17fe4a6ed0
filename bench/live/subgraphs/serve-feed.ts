import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { compileDocument } from '../../rig/subgraphs/compile-document.ts';
import type { SubgraphData } from '../../rig/subgraphs/subgraph-data.ts';
import type { EventLog, FeedEvent } from './event-log.ts';

/** The feed's subgraph over graphql-transport-ws. */
export interface FeedServer {
  readonly port: number;
  /** Subscriptions begun so far. */
  readonly opened: number;
  readonly running: number;
  /** Appends an event and sends it to every subscription. */
  emit(): void;
}

/** A document made ready; the text of its newest event is written once for all who sent the same document. */
interface Selection {
  readonly read: (event: FeedEvent, variables: Record<string, unknown>) => unknown;
  event: FeedEvent | undefined;
  text: string;
}

interface Subscription {
  readonly socket: WebSocket;
  readonly id: string;
  readonly selection: Selection;
}

const plain = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { resolve: (source: Record<string, unknown>) => source[name] }]));
const data: SubgraphData = {
  types: {
    Subscription: { changed: { type: 'Changed', resolve: (event: FeedEvent) => event } },
    Changed: {
      ...plain('cursor', 'kind', 'sequence', 'sentAtUs'),
      levels: { type: 'Level', resolve: ({ levels }: FeedEvent) => levels },
    },
    Level: { ...plain('version', 'quantity'), item: { type: 'Item', resolve: ({ item }: { item: object }) => item } },
    Item: plain('id'),
  },
  findEntity: () => null,
};

/**
 * Serves the feed on a free port, doing as little for a subscription as can be: a gateway that opens one for each of its clients is to
 * be limited by itself, not by the subgraph.
 */
export async function serveFeed(log: EventLog): Promise<FeedServer> {
  const selections = new Map<string, Selection>();
  const subscriptions = new Set<Subscription>();
  let opened = 0;
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/feed', perMessageDeflate: false });
  server.on('connection', (socket) => {
    const own = new Map<string, Subscription>();
    socket.on('message', (bytes) => {
      const { type, id = '', payload } = JSON.parse(String(bytes)) as Message;
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type === 'ping') socket.send('{"type":"pong"}');
      if (type === 'complete') subscriptions.delete(own.get(id) ?? never);
      if (type !== 'subscribe' || payload === undefined) return;
      const subscription = { socket, id, selection: findSelection(selections, payload.query) };
      opened++;
      own.set(id, subscription);
      subscriptions.add(subscription);
      for (const event of log.begin(Object.values(payload.variables ?? {}).find(isCursor))) send(subscription, event);
    });
    socket.on('close', () => {
      for (const subscription of own.values()) subscriptions.delete(subscription);
    });
    socket.on('error', () => socket.terminate());
  });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get opened() {
      return opened;
    },
    get running() {
      return subscriptions.size;
    },
    emit() {
      const event = log.append();
      for (const subscription of subscriptions) send(subscription, event);
    },
  };
}

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly query: string; readonly variables?: Record<string, unknown> };
}

const never = {} as Subscription;

/** Each gateway has its own name for the variable; only a cursor looks like one. */
function isCursor(value: unknown): boolean {
  return typeof value === 'string' && /^c\d+$/.test(value);
}

function findSelection(selections: Map<string, Selection>, query: string): Selection {
  const known = selections.get(query);
  if (known !== undefined) return known;
  const compiled = compileDocument(query, data);
  const selection = { read: (event: FeedEvent) => compiled({}, event), event: undefined, text: '' };
  selections.set(query, selection);
  return selection;
}

function send({ socket, id, selection }: Subscription, event: FeedEvent): void {
  if (selection.event !== event) {
    selection.event = event;
    selection.text = JSON.stringify({ data: selection.read(event, {}) });
  }
  socket.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${selection.text}}`);
}
