import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestContextWillSendResponse,
  type GraphQLRequestListener,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError } from 'graphql';
import type { Admission } from './admit-request.ts';
import { toClientError } from './client-errors.ts';
import type { DocumentReader } from './document-reader.ts';
import { createGatewayAdapter, type RunOperation, type SchemaFeed } from './gateway-adapter.ts';
import { wantsStatus200 } from './http-rules.ts';
import type { KnownOperations } from './known-operations.ts';
import { readDocuments } from './read-documents.ts';
import { findSerialised, stringifyResult } from './serialised-result.ts';

/** Apollo Server's contextValue: what was found out about a request before it. */
export interface GraphqlContext extends Admission {
  /** Its document, where that has been read. */
  readonly read?: Awaited<ReturnType<DocumentReader['read']>>;
}

export interface ApolloServerOptions {
  readonly schemas: SchemaFeed;
  readonly run: RunOperation;
  readonly known: KnownOperations;
  readonly documents: DocumentReader;
  readonly csrfHeaders: readonly string[];
  readonly logger: {
    debug(text: unknown): void;
    info(text: unknown): void;
    warn(text: unknown): void;
    error(text: unknown): void;
  };
}

/**
 * Apollo Server as our front door: it reads requests, chooses the operation and writes the answer's head. Documents are read by a plugin of
 * ours. Nothing in it phones home. Stop it when done.
 */
export async function startApolloServer(options: ApolloServerOptions): Promise<ApolloServer<GraphqlContext>> {
  const server = new ApolloServer<GraphqlContext>({
    gateway: createGatewayAdapter(options),
    documentStore: null, // documents are parsed, validated and remembered by the plugin
    stringifyResult,
    formatError: (formatted, error) => toClientError(error, formatted).error,
    introspection: true, // decided for each caller by the request limits, before this
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: { requestHeaders: [...options.csrfHeaders] },
    stopOnTerminationSignals: false,
    logger: options.logger,
    plugins: [
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      readDocuments(options.documents),
      finishResponses,
    ],
  });
  await server.start();
  return server;
}

const listener: GraphQLRequestListener<GraphqlContext> = {
  async didEncounterErrors({ errors, contextValue }) {
    for (const error of errors) {
      const { extensions } = toClientError(error, error.toJSON()).error;
      contextValue.observation.refused(error.originalError ?? error, String(extensions?.code));
    }
  },
  async willSendResponse(context) {
    finishResponse(context);
  },
};

const finishResponses: ApolloServerPlugin<GraphqlContext> = {
  async requestDidStart() {
    return listener;
  },
};

/** Codes of requests that failed before execution: those whose status depends on the media type the client asked for. */
const beforeExecution: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

function finishResponse({
  request,
  response,
  contextValue,
}: GraphQLRequestContextWillSendResponse<GraphqlContext>): void {
  if (response.body.kind !== 'single') return;
  const { singleResult } = response.body;
  const accept = request.http?.headers.get('accept');
  const serialised = findSerialised(singleResult);
  if (serialised !== undefined) {
    if (serialised.refusal !== undefined) response.http.status = wantsStatus200(accept) ? 200 : serialised.refusal;
    return;
  }
  const { errors = [] } = singleResult;
  if (wantsStatus200(accept) && errors.every(({ extensions }) => beforeExecution.has(extensions?.code))) {
    response.http.status = 200;
  }
  singleResult.errors = errors.map((error): GraphQLFormattedError => {
    return { ...error, extensions: { ...error.extensions, requestId: contextValue.caller.requestId } };
  });
}
