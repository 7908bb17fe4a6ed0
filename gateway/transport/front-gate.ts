import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { DocumentTrust } from '../documents/document-trust.ts';
import { anonymous, type Identify, type Principal, type Recall } from '../identity/principal.ts';
import { busy, type Overload } from '../overload/overload.ts';
import type { Connections } from './connections.ts';
import { readJsonBody } from './json-body.ts';
import { findDocument, type OperationPlaces } from './operation-places.ts';
import type { OperationPriority } from './operation-priority.ts';
import { readRequestId } from './request-id.ts';
import { isWhole, whenWhole } from './when-whole.ts';

export interface FrontGateOptions {
  readonly path: string;
  readonly overload: Overload;
  readonly places: OperationPlaces;
  readonly priority: OperationPriority;
  readonly connections: Connections;
  /** Without it every proof has to be verified. */
  readonly recall: Recall | undefined;
  readonly identify: Identify;
  readonly trust: DocumentTrust;
}

/**
 * Proofs that nobody has seen are verified so many at a time, the rest is refused unverified: a signature takes more than a refusal. Those of
 * honest callers are known after the first time.
 */
const maxVerifying = 16;
/** A body of at most so many bytes is read to the end after a refusal, and its connection lives on. */
const maxUnreadBytes = 64 * 1024;

/**
 * Stands before everything else that requests go through. While there is room it does nothing. When there is none, an operation waits or is refused
 * by who sends it, before its body is read; that is looked at only where it may name something that comes first. At three times what a
 * process can do, refusing is most of what is asked of it: what it takes stands in bench/README.md.
 */
export function addFrontGate(server: Server, options: FrontGateOptions): void {
  const { path, overload, connections } = options;
  const others = server.listeners('request') as RequestListener[];
  let verifying = 0;

  const decide = (request: IncomingMessage, response: ServerResponse, goOn: () => void): void => {
    const known = options.recall?.(request.headers);
    if (known !== undefined) {
      sort(known, request, response, goOn);
      return;
    }
    if (verifying >= maxVerifying) {
      const priority = options.priority.ofCaller(anonymous, request.headers);
      overload.turnAway(priority);
      refuse(priority, request, response);
      return;
    }
    verifying++;
    void verify(request, options.identify).then((principal) => {
      verifying--;
      sort(principal, request, response, goOn);
    });
  };
  const sort = (principal: Principal, request: IncomingMessage, response: ServerResponse, goOn: () => void): void => {
    const own = options.priority.ofCaller(principal, request.headers);
    if (!options.priority.mayRaise(own, principal)) {
      ask(own, request, response, goOn);
      return;
    }
    whenWhole(request, (bytes) =>
      ask(bytes === undefined ? own : raise(own, principal, bytes, options), request, response, goOn),
    );
  };
  const ask = (priority: number, request: IncomingMessage, response: ServerResponse, goOn: () => void): void => {
    if (response.destroyed) return; // the client left
    let leave = (): void => undefined;
    const withdraw = overload.enter(priority, {
      start(place) {
        // What is still on its way takes its place when it is here.
        if (!isWhole(request)) place('unused');
        else {
          leave = place;
          options.places.give(request, place);
        }
        goOn();
      },
      refuse: () => refuse(priority, request, response),
    });
    response.once('close', () => {
      withdraw();
      leave();
    });
  };
  const refuse = (priority: number, request: IncomingMessage, response: ServerResponse): void =>
    sendRefusal(overload.retryAfterSeconds(priority), connections.isDraining, request, response);

  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const goOn = (): void => {
      for (const other of others) other.call(server, request, response);
    };
    if (overload.hasRoom || !isOperation(request, path)) goOn();
    else connections.enterInFront(request.socket, response, () => decide(request, response, goOn));
  });
}

function isOperation({ method, url = '' }: IncomingMessage, path: string): boolean {
  return (method === 'POST' || method === 'GET') && (url === path || url.startsWith(`${path}?`));
}

/** A wrong proof is nobody's here; whoever it is let in to says that it is wrong. */
async function verify({ headers }: IncomingMessage, identify: Identify): Promise<Principal> {
  try {
    return await identify(headers);
  } catch {
    return anonymous;
  }
}

function raise(own: number, principal: Principal, bytes: Buffer, { priority, trust }: FrontGateOptions): number {
  const text = bytes.toString('latin1');
  if (!priority.mayRaise(own, principal, text)) return own;
  try {
    const { value } = readJsonBody(bytes);
    const document = findDocument(value, trust);
    return document !== undefined ? priority.ofOperation(own, principal, document, value.operationName) : own;
  } catch {
    return own; // whoever reads it again says what is wrong with it
  }
}

/** As toErrorAnswer writes it, without what that costs. */
function sendRefusal(
  retryAfterSeconds: number,
  isDraining: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (response.destroyed) return; // the client left
  const { headers } = request;
  const requestId = readRequestId(request);
  const type =
    headers.accept?.includes('application/graphql-response+json') === true ? 'graphql-response+json' : 'json';
  const body = `{"errors":[{"message":"${busy}","extensions":{"retryAfterSeconds":${retryAfterSeconds},"code":"OVERLOADED","requestId":"${requestId}"}}]}`;
  const head = ['x-request-id', requestId, 'x-content-type-options', 'nosniff', 'retry-after', `${retryAfterSeconds}`];
  head.push('content-type', `application/${type}; charset=utf-8`, 'content-length', `${body.length}`);
  const isLong =
    Number(headers['content-length'] ?? (headers['transfer-encoding'] ? maxUnreadBytes + 1 : 0)) > maxUnreadBytes;
  if (isDraining || isLong) head.push('connection', 'close');
  response.writeHead(503, head).end(body, 'latin1');
  // What was looked at and put back is gone through; what was not, node does.
  if (request.readableLength > 0) request.resume();
}
