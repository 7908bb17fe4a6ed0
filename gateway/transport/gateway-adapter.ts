import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { type GatewayError, shownError } from '../errors.ts';
import type { Operation } from '../request-pipeline.ts';
import type { GraphqlContext } from './apollo-server.ts';
import { toApolloError } from './client-errors.ts';
import type { DocumentReader } from './document-reader.ts';
import type { KnownOperations } from './known-operations.ts';
import { SerialisedResult, toExecutionResult } from './serialised-result.ts';

type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;
type ExecutorRequest = Parameters<Executor>[0];

export interface SchemaFeed {
  /** Calls back now and at every swap. */
  subscribe(
    listener: (loaded: { readonly supergraph: { readonly apiSchema: GraphQLSchema; readonly sdl: string } }) => void,
  ): () => void;
}

export type RunOperation = (operation: Operation) => Promise<{
  readonly body: string;
  readonly errorCount: number;
  readonly hasData: boolean;
  readonly failures: readonly GatewayError[];
}>;

export interface GatewayAdapterParts {
  readonly schemas: SchemaFeed;
  readonly run: RunOperation;
  readonly known: KnownOperations;
  readonly documents: Pick<DocumentReader, 'find'>;
}

/** Apollo Server's gateway: the supergraph's life comes from the holder of @apollo/gateway, the answers from our pipeline. */
export function createGatewayAdapter(parts: GatewayAdapterParts): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (callback) =>
      parts.schemas.subscribe(({ supergraph }) => {
        callback({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
      }),
    load: async () => ({ executor: (request) => execute(request, parts) }),
    stop: async () => undefined, // the holder outlives Apollo Server: whoever opened it closes it
  };
}

async function execute(
  request: ExecutorRequest,
  { run, known, documents }: GatewayAdapterParts,
): Promise<Awaited<ReturnType<Executor>>> {
  const { operation, operationName } = request;
  // With nothing chosen Apollo Server calls the executor all the same, and wants its error from there.
  if (operation === undefined) return { errors: [new GraphQLError(unknownOperation(request.request.operationName))] };
  const { caller, schema, observation } = request.context as GraphqlContext;
  try {
    observation.operation(operation.operation, operationName);
    if (operation.operation === 'subscription') {
      throw shownError('SUBSCRIPTION_NOT_SUPPORTED', 'A subscription needs a transport that carries a stream.');
    }
    const isPassing = documents.find(schema, request.queryHash) === undefined;
    const response = await run({
      schema,
      document: request.document,
      documentText: request.source,
      documentHash: request.queryHash,
      operationName: operationName ?? undefined,
      variables: request.request.variables ?? {},
      caller,
      isPassing,
    });
    if (!isPassing) {
      known.remember(request.source, request.request.operationName, {
        schema,
        contract: caller.principal.contract,
        document: request.document,
        documentHash: request.queryHash,
        type: operation.operation,
        operationName: operationName ?? undefined,
      });
    }
    observation.answered(response.errorCount, response.hasData, response.failures);
    return toExecutionResult(new SerialisedResult(response.body, response.hasData ? undefined : 400));
  } catch (error) {
    throw toApolloError(error);
  }
}

function unknownOperation(name: string | undefined): string {
  return name === undefined
    ? 'Must provide operation name if query contains multiple operations.'
    : `Unknown operation named "${name}".`;
}
