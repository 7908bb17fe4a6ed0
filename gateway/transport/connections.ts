import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Server as NetServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { takeOver } from './handed-over.ts';

/** A client may send its next requests before the answers (pipelining); beyond this many it is read no further. */
const maxWaitingPerSocket = 32;

/** Idle connections are left open this long after the drain began: a request may be on its way on one of them. */
const idleGraceMs = 250;

/** What each connection is answered with now, or was last. */
const answers = new WeakMap<Socket, ServerResponse>();

/** Whether a connection is within an answer: nothing else may be written to it then. */
export function isWithinAnswer(socket: Socket): boolean {
  return answers.get(socket)?.headersSent === true && isUnanswered(socket);
}

/** Whether a request of a connection has no whole answer yet. */
export function isUnanswered(socket: Socket): boolean {
  const answer = answers.get(socket);
  return answer !== undefined && !answer.writableFinished;
}

/** A request that waits for the one before it. */
interface InLine {
  begin(): void;
  /** Its client has left. */
  drop(): void;
}

interface SocketState {
  isBusy: boolean;
  isPaused: boolean;
  readonly waiting: InLine[];
}

export interface Connections {
  readonly open: number;
  readonly requests: number;
  /** True once answers have to tell their clients to go. */
  readonly isDraining: boolean;
  /** Counts a request that does not go through Fastify's hooks; `begin` is called when those before it on its connection are answered. */
  enter(socket: Socket, response: ServerResponse, begin: () => void): void;
  /** The same for one that comes to `enter` again further on, where it counts as entered. */
  enterInFront(socket: Socket, response: ServerResponse, begin: () => void): void;
  /** Stops listening, lets every request end, tells keep-alive clients to go, cuts what is left at the deadline. Safe to call twice. */
  drain(deadlineMs: number): Promise<void>;
}

/** Counts the connections of a server, serves each connection's requests one after the other, and drains them. */
export function trackConnections(app: FastifyInstance): Connections {
  const sockets = new Set<Socket>();
  const states = new WeakMap<Socket, SocketState>();
  /** What the gate in front has counted is not counted again behind it. */
  const entered = new WeakSet<ServerResponse>();
  let requests = 0;
  let draining: Promise<void> | undefined;
  let onQuiet: (() => void) | undefined;

  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const enter = (socket: Socket, response: ServerResponse, onBegin: () => void): void => {
    if (entered.has(response)) {
      onBegin();
      return;
    }
    requests++;
    const state = states.get(socket) ?? { isBusy: false, isPaused: false, waiting: [] };
    states.set(socket, state);
    let isOver = false;
    const drop = (): void => {
      if (isOver) return;
      isOver = true;
      requests--;
      if (requests === 0) onQuiet?.();
    };
    response.once('close', () => {
      drop();
      state.isBusy = false;
      // Nobody reads the answers of those in line, and after an upgrade or CONNECT node does not tell them so.
      if (socket.destroyed) for (const each of state.waiting.splice(0)) each.drop();
      state.waiting.shift()?.begin();
      if (state.isPaused && state.waiting.length === 0) {
        state.isPaused = false;
        socket.resume();
      }
    });
    const begin = (): void => {
      state.isBusy = true;
      answers.set(socket, response);
      onBegin();
    };
    if (!state.isBusy) {
      begin();
      return;
    }
    state.waiting.push({ begin, drop });
    if (state.isPaused || state.waiting.length < maxWaitingPerSocket) return;
    state.isPaused = true; // what node has read already (64 KiB at most) still comes; nothing more is read
    socket.pause();
  };
  app.addHook('onRequest', ({ raw }, reply, done) => {
    if (takeOver(raw) === undefined) enter(raw.socket, reply.raw, done);
    else done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining !== undefined) void reply.header('connection', 'close');
    done();
  });

  const drain = async (server: Server, deadlineMs: number): Promise<void> => {
    const deadline = AbortSignal.timeout(deadlineMs);
    // Not server.close(): it ends idle connections at once, under requests that are already on their way.
    NetServer.prototype.close.call(server);
    await wait(Math.min(idleGraceMs, deadlineMs));
    while (sockets.size > 0 && !deadline.aborted) {
      server.closeIdleConnections();
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy(); // opened ahead of need, never used
      const quiet = new Promise<void>((resolve) => {
        onQuiet = resolve;
      });
      await Promise.race([quiet, wait(50, undefined, { ref: true })]);
    }
    server.closeAllConnections();
  };

  return {
    get open() {
      return sockets.size;
    },
    get requests() {
      return requests;
    },
    get isDraining() {
      return draining !== undefined;
    },
    enter,
    enterInFront(socket, response, begin) {
      enter(socket, response, () => {
        entered.add(response);
        begin();
      });
    },
    drain(deadlineMs) {
      draining ??= drain(app.server, deadlineMs);
      return draining;
    },
  };
}
