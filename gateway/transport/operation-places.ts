import type { IncomingMessage } from 'node:http';
import { anonymous, type IncomingHeaders, type Principal, type Recall } from '../identity/principal.ts';
import type { Leave, Overload } from '../overload/overload.ts';
import type { OperationPriority } from './operation-priority.ts';

/** An operation on a socket, with who sends it. */
export interface SocketOperation {
  readonly principal: Principal;
  readonly headers: IncomingHeaders;
  readonly query: unknown;
  readonly operationName?: unknown;
}

/** Where every transport gets a place for an operation from; each is given back by what is returned, once. */
export interface OperationPlaces {
  readonly running: number;
  /** For the gate in front, which has a place for a request that it lets through. */
  give(request: IncomingMessage, leave: Leave): void;
  /** The request's own place, or one of now. Rejects with OVERLOADED, or with the signal's reason. */
  forRequest(request: IncomingMessage, signal: AbortSignal): Leave | Promise<Leave>;
  forSocket(operation: SocketOperation, signal: AbortSignal): Leave | Promise<Leave>;
}

export function createOperationPlaces(
  overload: Overload,
  priority: OperationPriority,
  recall: Recall | undefined,
): OperationPlaces {
  const given = new WeakMap<IncomingMessage, Leave>();
  return {
    get running() {
      return overload.running;
    },
    give: (request, leave) => void given.set(request, leave),
    forRequest(request, signal) {
      const leave = given.get(request) ?? overload.tryEnter();
      if (leave !== undefined) return leave;
      // It had to wait for the one before it on its connection, and meanwhile there is no room.
      const { headers } = request;
      return overload.wait(priority.ofCaller(recall?.(headers) ?? anonymous, headers), signal);
    },
    forSocket({ principal, headers, query, operationName }, signal) {
      const leave = overload.tryEnter();
      if (leave !== undefined) return leave;
      const own = priority.ofCaller(principal, headers);
      const isRaised = typeof query === 'string' && priority.mayRaise(own, principal, query);
      return overload.wait(isRaised ? priority.ofOperation(own, principal, query, operationName) : own, signal);
    },
  };
}
