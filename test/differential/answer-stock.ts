import type { GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { execute, type GraphQLSchema, Kind, parse } from 'graphql';
import { createContext } from './build-schemas.ts';
import { type Answer, toAnswer } from './open-world.ts';
import type { PrintedOperation } from './print-operation.ts';
import type { Chaos } from './strike.ts';
import type { World } from './world.ts';

export interface StockGateway {
  /** Rejects when stock's planner fails. */
  answer(operation: PrintedOperation, chaos?: Chaos): Promise<Answer>;
  close(): Promise<void>;
}

type Executor = (request: unknown) => Promise<{ data?: unknown; errors?: { path?: unknown; message: string }[] }>;

/** Stock @apollo/gateway over the same subgraphs, called in process. The SDL must be one that it can read (Supergraph.sdl). Close it. */
export async function openStock(
  world: World,
  sdl: string,
  subgraphs: ReadonlyMap<string, GraphQLSchema>,
): Promise<StockGateway> {
  // It reports to its maker unless told not to, before it is loaded.
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  const { ApolloGateway } = await import('@apollo/gateway');
  let contextValue = createContext(world);
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const gateway = new ApolloGateway({
    supergraphSdl: sdl,
    logger: quiet,
    // Of 10,000 by default. Its choice is not what is tested, and the library has operations over which it sits for half a minute.
    queryPlannerConfig: { debug: { maxEvaluatedPlans: 100 } },
    buildService: ({ name }) => ({
      async process({ request }: GraphQLDataSourceProcessOptions) {
        const schema = subgraphs.get(name);
        if (schema === undefined) throw new Error(`unknown subgraph ${name}`);
        const document = parse(request.query ?? '');
        const result = await execute({ schema, document, variableValues: request.variables ?? {}, contextValue });
        return JSON.parse(JSON.stringify(result));
      },
    }),
  });
  const { executor, schema } = await gateway.load();
  return {
    async answer({ document: text, variables }, chaos) {
      contextValue = createContext(world, chaos);
      const document = parse(text);
      const result = await (executor as unknown as Executor)({
        request: { query: text, variables: JSON.parse(JSON.stringify(variables)), http: { headers: new Map() } },
        document,
        operation: document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION),
        operationName: 'Op',
        queryHash: text,
        schema,
        cache: new Map(),
        metrics: {},
        logger: quiet,
        context: {},
        overallCachePolicy: { restrict() {}, policyIfCacheable: () => null },
      });
      return toAnswer(JSON.parse(JSON.stringify(result)));
    },
    close: () => gateway.stop(),
  };
}
