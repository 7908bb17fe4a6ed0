import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { type DocumentTrust, hasDocumentId } from '../documents/document-trust.ts';
import { invariant, shownError } from '../errors.ts';
import type { Admission, Admitter } from './admit-request.ts';
import { answerKnown, findOperation, findPlain, type KnownAnswers } from './answer-known.ts';
import type { GraphqlContext } from './apollo-server.ts';
import { writeErrors } from './client-errors.ts';
import { inOurWords } from './fastify-errors.ts';
import { isAnsweredPreflight } from './front-headers.ts';
import { takeOver } from './handed-over.ts';
import { readJsonBody, readJsonParameter } from './json-body.ts';

declare module 'fastify' {
  interface FastifyRequest {
    admission: Admission | null;
    bodyBytes: number;
  }
}

export interface GraphqlRouteOptions {
  readonly path: string;
  readonly apollo: ApolloServer<GraphqlContext>;
  readonly admitter: Admitter;
  readonly maxBodyBytes: number;
  /** What Apollo Server has let through before goes past it. */
  readonly answers: KnownAnswers;
}

/** GraphQL over HTTP: POST and GET of one path. Admission and limits come first, then Apollo Server. */
export function addGraphqlRoute(app: FastifyInstance, options: GraphqlRouteOptions): void {
  const { path, apollo, admitter, maxBodyBytes, answers } = options;
  const askApollo = fastifyApolloHandler(apollo, { context: async (request) => admissionOf(request) });
  app.decorateRequest('admission', null);
  app.decorateRequest('bodyBytes', 0);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const parserOptions = { parseAs: 'buffer', bodyLimit: maxBodyBytes } as const;
    scope.addContentTypeParser('application/json', parserOptions, async (request: FastifyRequest, bytes: Buffer) => {
      const { bytes: size, value } = readJsonBody(bytes);
      request.bodyBytes = size;
      return value;
    });
    scope.addHook('onRequest', async (request, reply) => {
      request.admission = takeOver(request.raw) ?? (await admitter.admit(request.raw, request.id, reply.raw));
    });
    scope.addHook('preParsing', (request, _reply, payload, done) => {
      // A body whose length was announced has been refused by its caller's limit; of another the bytes are counted as they come.
      if (request.headers['content-length'] === undefined) limitBody(payload, admissionOf(request).limits.bodyBytes);
      done(null, payload);
    });
    scope.addHook('preHandler', async (request) => {
      const isReadOnly = request.method === 'GET';
      admissionOf(request).isNamedById = nameDocument(request, answers.trust);
      const sent = isReadOnly ? readSearch(request.url) : readBody(request.body);
      admitter.check(admissionOf(request), { bodyBytes: request.bodyBytes, isReadOnly, ...sent });
      await admissionOf(request).enter?.();
    });
    scope.addHook('onError', async (request, _reply, error) => {
      request.admission?.observation.refused(inOurWords(error));
    });
    scope.addHook('onSend', (request, reply, payload, done) => {
      if (reply.statusCode === 200)
        answers.known.rememberType(request.headers.accept, String(reply.getHeader('content-type')));
      const isNamed = reply.statusCode < 400 || typeof payload !== 'string' || payload.includes('"requestId"');
      done(null, isNamed ? payload : nameRequest(payload, request));
    });
    scope.route({
      method: ['GET', 'POST'],
      url: path,
      async handler(request, reply) {
        const { accept } = request.headers;
        const asked = request.method === 'POST' ? findPlain(request.body, accept, answers) : undefined;
        const admission = admissionOf(request);
        const operation = asked && findOperation(asked, admission, answers);
        if (asked === undefined || operation === undefined) return askApollo.call(this, request, reply);
        const { status, contentType, body } = await answerKnown(asked, operation, admission, accept, answers.run);
        return reply.code(status).header('content-type', contentType).send(body);
      },
    });
  });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'],
    url: path,
    onRequest: async (request, reply) => {
      if (isAnsweredPreflight(request.raw, reply.raw)) return reply.code(204).send();
      void reply.header('allow', 'GET, POST');
      throw shownError('METHOD_NOT_ALLOWED', 'The methods are GET and POST.');
    },
    handler: async () => undefined,
  });
}

/** By the property that Fastify looks at for what a hook makes of a body: https://fastify.dev/docs/latest/Reference/Hooks/#preparsing */
function limitBody(payload: RequestPayload, maxBytes: number): void {
  let bytes = 0;
  payload.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) payload.receivedEncodedLength = Number.POSITIVE_INFINITY;
  });
}

function admissionOf({ admission }: FastifyRequest): Admission {
  invariant(admission !== null, 'a request is admitted before its body is read');
  return admission;
}

/** Apollo Server refuses a malformed request before any hook of ours: its answer gets the id here, and is counted. */
function nameRequest(payload: string, request: FastifyRequest): string {
  const { errors = [] } = JSON.parse(payload) as { readonly errors?: readonly GraphQLFormattedError[] };
  for (const { extensions } of errors) request.admission?.observation.refused(undefined, String(extensions?.code));
  return writeErrors(errors, request.id);
}

/**
 * Puts a known document's text in the place of its id, for everything that comes after; texts that are not known are refused where they have to
 * be. Says whether there was an id. Throws what DocumentTrust.find throws.
 */
function nameDocument(request: FastifyRequest, trust: DocumentTrust): boolean {
  const isReadOnly = request.method === 'GET';
  const search = new URLSearchParams(isReadOnly ? request.url.replace(/^[^?]*/, '') : '');
  const sent: Readonly<Record<string, unknown>> = isReadOnly ? readIds(search) : { ...(request.body as object | null) };
  let text: string | undefined;
  try {
    text = trust.find(sent);
    if (text === undefined) return false;
  } finally {
    if (takeOver(request.raw) === undefined) trust.count(text);
  }
  if (!hasDocumentId(sent)) return false;
  const { documentId: _id, extensions: _extensions, ...rest } = sent;
  if (!isReadOnly) {
    request.body = { ...rest, query: text };
    return true;
  }
  search.delete('documentId');
  search.delete('extensions');
  search.set('query', text);
  request.raw.url = `${request.url.split('?', 1)[0]}?${search}`;
  return true;
}

function readIds(search: URLSearchParams): Readonly<Record<string, unknown>> {
  const query = search.get('query') ?? undefined;
  const documentId = search.get('documentId') ?? undefined;
  return { query, documentId, extensions: readParameter(search, 'extensions') };
}

interface SentDocument {
  readonly document: unknown;
  readonly variables: unknown;
}

/** Apollo Server reads the URL again in the same way, and refuses a parameter that stands twice. */
function readSearch(url: string): SentDocument {
  const search = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  return { document: search.get('query') ?? undefined, variables: readParameter(search, 'variables') };
}

function readBody(body: unknown): SentDocument {
  const { query: document, variables } = (body ?? {}) as { readonly query?: unknown; readonly variables?: unknown };
  return { document, variables };
}

function readParameter(search: URLSearchParams, name: string): unknown {
  const text = search.get(name);
  return text === null ? undefined : readJsonParameter(name, text);
}
