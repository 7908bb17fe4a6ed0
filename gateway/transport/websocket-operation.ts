import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { shownError } from '../errors.ts';
import type { LiveEnd, LiveError, LiveSink } from '../live/live-event.ts';
import type { Leave } from '../overload/overload.ts';
import { LiveSeat } from './live-seat.ts';
import type { SharedFrames } from './next-frames.ts';
import { admitOperation, type SentOperation, type StreamRules, toLiveError } from './stream-rules.ts';

/** Bytes that wait in a socket: with more, its client is slow and is written to when they are gone (the stream's `drain`). */
const maxUnsentBytes = 256 * 1024;

/** A socket, the stream that its frames go to, and the frames that all sockets share. */
export interface SocketWay {
  readonly socket: WebSocket;
  readonly stream: Duplex;
  readonly frames: SharedFrames;
  /** What is live on this socket. */
  readonly seats: Set<LiveSeat>;
}

/** With what the client said of itself, in the upgrade and in connection_init. */
type SentOnSocket = Omit<SentOperation, 'signal'> & { readonly said: SentOperation['headers'] };

/** An operation that ends with errors, in the form the client reads. */
export class OperationFailure extends Error {
  readonly errors: readonly LiveError[];
  constructor(errors: readonly LiveError[]) {
    super('The operation failed.');
    this.errors = errors;
  }
}

/**
 * One operation on a socket, as graphql-ws wants it: a stream of results, which has none, because they are written here, from the
 * text that all clients share. It ends when the operation does, and throws OperationFailure.
 */
export function startSocketOperation(
  { socket, stream, frames, seats }: SocketWay,
  id: string,
  sent: SentOnSocket,
  rules: StreamRules,
): AsyncGenerator<never, void, void> {
  const left = new AbortController();
  const ended = Promise.withResolvers<void>();
  ended.promise.catch(() => undefined); // a client that has left is not told
  const way = frames.to(stream, id);
  let seat: LiveSeat | undefined;
  // After our close frame nothing may follow.
  const isWritable = (): boolean => stream.writableLength < maxUnsentBytes && socket.readyState === WebSocket.OPEN;
  const sink: LiveSink = {
    get isWritable() {
      return isWritable();
    },
    write: (body) => {
      if (!isWritable()) return false;
      way.write(body);
      return true;
    },
    end: (end) => {
      if (seat !== undefined) seats.delete(seat);
      finish(end, socket, ended);
    },
  };
  const run = async (): Promise<void> => {
    const admitted = await admitOperation({ ...sent, signal: left.signal }, rules);
    if ('errors' in admitted) throw new OperationFailure(admitted.errors);
    const { operation, type } = admitted;
    try {
      if (type === 'subscription') {
        seat = new LiveSeat(operation, undefined, sink, rules);
        seats.add(seat);
        if (left.signal.aborted) seat.leave();
        await seat.open();
        return;
      }
      const deadline = AbortSignal.timeout(rules.operationDeadlineMs);
      const signal = AbortSignal.any([left.signal, deadline]);
      const { body } = await rules.run({ ...operation, caller: { ...operation.caller, signal } }).catch((error) => {
        if (!deadline.aborted) throw error;
        throw shownError('DEADLINE_EXCEEDED', 'The operation took too long.');
      });
      if (!left.signal.aborted && socket.readyState === WebSocket.OPEN) way.write(Buffer.from(body));
      ended.resolve();
    } catch (error) {
      if (seat !== undefined) seats.delete(seat);
      seat?.leave();
      throw new OperationFailure([toLiveError(error, operation.caller.requestId)]);
    }
  };
  const runCounted = async (): Promise<void> => {
    const leaveItsPlace = await takePlace(sent, left.signal, rules);
    await run().finally(leaveItsPlace);
  };
  runCounted().catch((error: unknown) => ended.reject(error));
  const leave = async (): Promise<IteratorResult<never, void>> => {
    left.abort(shownError('OPERATION_CANCELLED', 'The client left.'));
    if (seat !== undefined) seats.delete(seat);
    seat?.leave();
    ended.resolve();
    return { done: true, value: undefined };
  };
  return {
    next: () => ended.promise.then(() => ({ done: true, value: undefined })),
    return: leave,
    throw: leave,
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await leave();
    },
  };
}

/** Kept until it is answered, or, as a live one, until it is open: what runs on is bounded by `liveMaxUpstreams`. */
async function takePlace(sent: SentOnSocket, signal: AbortSignal, rules: StreamRules): Promise<Leave> {
  try {
    return await rules.places.forSocket({ ...sent, headers: sent.said }, signal);
  } catch (error) {
    throw new OperationFailure([toLiveError(error, randomUUID())]);
  }
}

function finish(end: LiveEnd, socket: WebSocket, ended: PromiseWithResolvers<void>): void {
  switch (end.kind) {
    case 'complete':
      ended.resolve();
      break;
    case 'error':
      ended.reject(new OperationFailure(end.errors));
      break;
    case 'too-slow':
      socket.close(1013, 'Too slow: come back with your cursor.');
      // It does not read, so it will not read the close either.
      setTimeout(() => socket.terminate(), 2_000).unref();
      ended.resolve();
      break;
    case 'come-back':
      socket.close(1013, 'A source is away: come back with your cursor.');
      setTimeout(() => socket.terminate(), 2_000).unref();
      ended.resolve();
      break;
    default:
      end satisfies never;
  }
}
