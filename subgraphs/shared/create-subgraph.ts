import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { type Caller, readCaller } from './caller.ts';
import { toPublicError } from './public-error.ts';
import { subscribeWith } from './subscribe-with.ts';

/** One operation as it reaches a subgraph, in process or over HTTP. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** What a subgraph answers; errors are already safe to pass on. */
export interface SubgraphResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** A subgraph that can be called in process, or put behind a port by serve-subgraph.ts. */
export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  execute(request: SubgraphRequest): Promise<SubgraphResult>;
  /**
   * Runs a subscription. Never throws: what refuses it, and what breaks its stream, comes as a last result without data. Ends
   * when `request.signal` aborts, also while nothing happens; the resolver gets that signal through its context and must heed it.
   */
  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResult>;
}

export interface SubgraphOptions<Context> {
  readonly name: string;
  /** The hand-written SDL. */
  readonly sdl: string;
  readonly resolvers: object;
  /** Made anew for each request: loaders must never outlive one. */
  readonly createContext: (request: SubgraphRequest, caller: Caller) => Context;
  /** Told of every error that is ours and not the caller's, with the request it happened in. */
  readonly onInternalError: (error: GraphQLError, request: SubgraphRequest) => void;
}

/** The gateway asks the same few hundred documents over and over; a limit keeps strangers' documents from piling up. */
const maxKnownDocuments = 2_000;

/** Builds an Apollo subgraph from SDL and resolvers. Documents are parsed and validated once and remembered. */
export function createSubgraph<Context>(options: SubgraphOptions<Context>): Subgraph {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(options.sdl), resolvers: options.resolvers as GraphQLResolverMap<Context> },
  ]);
  const known = new Map<string, DocumentNode | readonly GraphQLError[]>();

  const readDocument = (query: string): DocumentNode | readonly GraphQLError[] => {
    const remembered = known.get(query);
    if (remembered !== undefined) return remembered;
    const document = parseAndValidate(schema, query);
    if (known.size >= maxKnownDocuments) known.delete(known.keys().next().value ?? '');
    known.set(query, document);
    return document;
  };

  const toResult = (result: ExecutionResult, request: SubgraphRequest): SubgraphResult => ({
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors === undefined
      ? {}
      : { errors: result.errors.map((error) => toPublicError(error, (e) => options.onInternalError(e, request))) }),
  });

  return {
    name: options.name,
    schema,
    async execute(request) {
      const document = readDocument(request.query);
      if (!('kind' in document)) return { errors: document.map((error) => error.toJSON()) };
      if (getOperationAST(document, request.operationName)?.operation === 'subscription') {
        return { errors: [new GraphQLError('Subscriptions need a stream.').toJSON()] };
      }
      const result = await execute({
        ...argumentsOf(request, document, schema),
        contextValue: options.createContext(request, readCaller(request.headers)),
      });
      return toResult(result, request);
    },
    async *subscribe(request) {
      const document = readDocument(request.query);
      if (!('kind' in document)) {
        yield { errors: document.map((error) => error.toJSON()) };
        return;
      }
      const results = subscribeWith({
        args: argumentsOf(request, document, schema),
        createContext: () => options.createContext(request, readCaller(request.headers)),
        signal: request.signal,
      });
      for await (const result of results) yield toResult(result, request);
    },
  };
}

function argumentsOf(request: SubgraphRequest, document: DocumentNode, schema: GraphQLSchema): ExecutionArgs {
  return { schema, document, operationName: request.operationName, variableValues: request.variables };
}

function parseAndValidate(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: 20_000, noLocation: true });
    const errors = validate(schema, document);
    return errors.length === 0 ? document : errors;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
