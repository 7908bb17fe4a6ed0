import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Admission, Admitter } from './admit-request.ts';
import {
  answerKnown,
  findOperation,
  findPlain,
  type KnownAnswers,
  type Once,
  type PlainRequest,
} from './answer-known.ts';
import { readNew } from './answer-new.ts';
import type { Connections } from './connections.ts';
import type { DocumentReader } from './document-reader.ts';
import { type ErrorAnswer, toErrorAnswer } from './error-answer.ts';
import { inOurWords } from './fastify-errors.ts';
import { handOver } from './handed-over.ts';
import { readJsonBody } from './json-body.ts';
import { readRequestId } from './request-id.ts';

export interface HotRouteOptions {
  readonly path: string;
  readonly maxHeaders: number;
  readonly admitter: Admitter;
  readonly answers: KnownAnswers;
  readonly documents: DocumentReader;
  readonly connections: Connections;
  readonly logger: Pick<FastifyBaseLogger, 'error'>;
}

/** What an operation has that is known. */
const again: Once = {};

/** Larger bodies come in several reads. */
const maxBodyBytes = 32 * 1024;

/**
 * The way of nearly every request: an operation sent by a plain POST that is here whole is answered without Fastify's life of
 * a request around it (a tenth of the CPU of a small one). Admission, limits and answer are those of the route; everything else,
 * and whatever is wrong with the body, goes on to Fastify with nothing read. What is wrong with a new operation goes there too, admitted.
 */
export function addHotRoute(server: Server, options: HotRouteOptions): void {
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const goOn = (): void => {
      for (const other of others) other.call(server, request, response);
    };
    if (!isPlain(request, options)) return goOn();
    // The bytes that came with the head are read after this.
    process.nextTick(() => {
      const bytes = takeWhole(request);
      if (bytes === undefined) return goOn();
      request.unshift(bytes); // before it is seen to have ended; only who is asking tells whether it is read here
      const sent = find(bytes, request, options.answers);
      if (sent === undefined) return goOn();
      options.connections.enter(request.socket, response, () => void answer(sent, request, response, options, goOn));
    });
  });
}

function isPlain(
  { method, url, headers, rawHeaders }: IncomingMessage,
  { path, maxHeaders }: HotRouteOptions,
): boolean {
  return (
    method === 'POST' &&
    url === path &&
    headers['content-type'] === 'application/json' &&
    Number(headers['content-length']) <= maxBodyBytes &&
    rawHeaders.length <= 2 * maxHeaders
  );
}

/** The body, when it is here whole. */
function takeWhole(request: IncomingMessage): Buffer | undefined {
  const { readableLength, headers } = request;
  return readableLength > 0 && readableLength === Number(headers['content-length']) ? request.read() : undefined;
}

interface Sent extends PlainRequest {
  readonly bodyBytes: number;
}

function find(bytes: Buffer, { headers }: IncomingMessage, answers: KnownAnswers): Sent | undefined {
  try {
    const body = readJsonBody(bytes);
    const asked = findPlain(body.value, headers.accept, answers);
    return asked && { ...asked, bodyBytes: body.bytes };
  } catch {
    return undefined; // Fastify's route says what is wrong with it
  }
}

async function answer(
  sent: Sent,
  request: IncomingMessage,
  response: ServerResponse,
  { admitter, answers, documents, connections, logger }: HotRouteOptions,
  goOn: () => void,
): Promise<void> {
  const requestId = readRequestId(request);
  const { accept } = request.headers;
  let admission: Admission | undefined;
  try {
    admission = await admitter.admit(request, requestId, response);
    const { text: document, operationName, variables, bodyBytes } = sent;
    answers.trust.count(document);
    admitter.check(admission, { bodyBytes, isReadOnly: false, document, variables });
    const known = findOperation(sent, admission, answers);
    const found = known === undefined ? await readNew(sent, admission, documents) : { operation: known, once: again };
    if ('read' in found) {
      handOver(request, { ...admission, ...found });
      return goOn();
    }
    request.read();
    const { operation, once } = found;
    const { status, contentType, body } = await answerKnown(sent, operation, admission, accept, answers.run, once);
    if (once.isPassing === false && once.form === undefined) answers.known.remember(document, operationName, operation);
    send({ status, contentType, body, isLast: connections.isDraining }, requestId, response);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    admission?.observation.refused(inOurWords(failure));
    const refusal = toErrorAnswer(failure, accept, requestId, logger);
    send({ ...refusal, isLast: refusal.isLast || connections.isDraining }, requestId, response);
  }
}

function send(answer: ErrorAnswer, requestId: string, response: ServerResponse): void {
  const { status, contentType, body, isLast, retryAfterSeconds } = answer;
  if (response.destroyed) return; // the client left
  const headers = ['x-request-id', requestId, 'x-content-type-options', 'nosniff', 'content-type', contentType];
  headers.push('content-length', String(Buffer.byteLength(body)));
  if (isLast) headers.push('connection', 'close');
  if (retryAfterSeconds !== undefined) headers.push('retry-after', String(retryAfterSeconds));
  response.writeHead(status, headers).end(body);
}
