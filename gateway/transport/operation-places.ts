import type { IncomingMessage } from 'node:http';
import { type EndSignal, toAbortSignal } from '../basics/cancellation.ts';
import { type DocumentTrust, hasDocumentId, type SentDocument } from '../documents/document-trust.ts';
import { anonymous, type IncomingHeaders, type Principal, type Recall } from '../identity/principal.ts';
import type { Leave, Overload } from '../overload/overload.ts';
import type { OperationPriority } from './operation-priority.ts';

/** An operation on a socket, with who sends it. */
export interface SocketOperation extends SentDocument {
  readonly principal: Principal;
  readonly headers: IncomingHeaders;
  readonly operationName?: unknown;
}

/** Where every transport gets a place for an operation from; each is given back by what is returned, once. */
export interface OperationPlaces {
  readonly running: number;
  /** For the gate in front, which has a place for a request that it lets through. */
  give(request: IncomingMessage, leave: Leave): void;
  /** The request's own place, or one of now. Rejects with OVERLOADED, or with the signal's reason. */
  forRequest(request: IncomingMessage, signal: EndSignal): Leave | Promise<Leave>;
  forSocket(operation: SocketOperation, signal: AbortSignal): Leave | Promise<Leave>;
}

export function createOperationPlaces(
  overload: Overload,
  priority: OperationPriority,
  recall: Recall | undefined,
  trust: DocumentTrust,
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
      // It had to wait for the one before it on its connection, or for its body, and meanwhile there is no room.
      const { headers } = request;
      return overload.wait(priority.ofCaller(recall?.(headers) ?? anonymous, headers), toAbortSignal(signal));
    },
    forSocket(operation, signal) {
      const leave = overload.tryEnter();
      if (leave !== undefined) return leave;
      const { principal, headers, operationName } = operation;
      const own = priority.ofCaller(principal, headers);
      if (!priority.mayRaise(own, principal)) return overload.wait(own, signal);
      const document = findDocument(operation, trust);
      const isRaised = document !== undefined && priority.mayRaise(own, principal, document);
      return overload.wait(isRaised ? priority.ofOperation(own, principal, document, operationName) : own, signal);
    },
  };
}

/** The text that is meant; without it when it may not be sent: whoever reads it again says why. */
export function findDocument(sent: SentDocument, trust: DocumentTrust): string | undefined {
  try {
    if (hasDocumentId(sent)) return trust.find(sent);
    return typeof sent.query === 'string' ? sent.query : undefined;
  } catch {
    return undefined;
  }
}
