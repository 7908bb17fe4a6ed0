import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { monotonicUs } from '../../rig/monotonic-clock.ts';
import { changedDocument } from '../graph/compose-live-graph.ts';

/** What a client tells of itself. */
export interface ClientObserver {
  delivered(ageMs: number): void;
  doubled(): void;
  missed(): void;
  /** It has had its first event since it was opened. */
  began(): void;
  /** It ended without being asked, or could not begin. */
  failed(reason: string): void;
}

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: { readonly changed: Event } | null;
    readonly errors?: readonly unknown[];
  };
}

interface Event {
  readonly cursor: string;
  readonly kind: 'SNAPSHOT' | 'CHANGES';
  readonly sequence: number;
  readonly sentAtUs: number;
  readonly levels: readonly { readonly item: { readonly title: string } }[];
}

/** A subscriber over a socket of its own, which checks every event it gets and comes back from its cursor when it is told to. */
export class LiveClient {
  readonly #observer: ClientObserver;
  #socket: WebSocket | undefined;
  #cursor: string | undefined;
  /** Whether the current socket has brought something. */
  #hasBegun = false;
  sequence = -1;
  isLate = false;

  constructor(observer: ClientObserver) {
    this.#observer = observer;
  }

  open(port: number): void {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    this.#socket = socket;
    this.#hasBegun = false;
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (bytes: Buffer) => this.#take(bytes.toString(), socket));
    socket.on('error', (error) => this.#fail(socket, error.message));
    socket.on('close', (code, reason) => this.#fail(socket, `closed with ${code} ${reason}`));
  }

  /** Ends the socket without a word. */
  cut(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.terminate();
  }

  #take(text: string, socket: WebSocket): void {
    const { type, payload } = JSON.parse(text) as Message;
    switch (type) {
      case 'connection_ack': {
        const variables = { shelf: 'a', after: this.#cursor ?? null };
        const subscribe = { id: randomUUID(), type: 'subscribe', payload: { query: changedDocument, variables } };
        socket.send(JSON.stringify(subscribe));
        return;
      }
      case 'next':
        if (payload?.data && payload.errors === undefined) this.#check(payload.data.changed);
        else this.#fail(socket, text.slice(0, 300));
        return;
      case 'ping':
        socket.send('{"type":"pong"}');
        return;
      default:
        this.#fail(socket, text.slice(0, 300));
    }
  }

  #check({ cursor, kind, sequence, sentAtUs, levels }: Event): void {
    if (levels[0]?.item.title === undefined) this.#observer.failed('An event was not enriched.');
    const expected = this.#cursor === undefined ? sequence : this.sequence + 1;
    if (sequence < expected) this.#observer.doubled();
    if (sequence > expected) this.#observer.missed();
    this.#cursor = cursor;
    this.sequence = Math.max(sequence, this.sequence);
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    if (isFirst) this.#observer.began();
    // What was missed while away is as old as it is, and a snapshot says when somebody else asked for it.
    if (isFirst || kind === 'SNAPSHOT') return;
    const ageMs = (monotonicUs() - sentAtUs) / 1_000;
    if (ageMs > 1_000) this.isLate = true;
    this.#observer.delivered(ageMs);
  }

  #fail(socket: WebSocket, reason: string): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    socket.terminate();
    this.#observer.failed(reason);
  }
}
