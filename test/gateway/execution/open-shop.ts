import { composeServices } from '@theguild/federation-composition';
import { parse, validate } from 'graphql';
import { onTestFinished } from 'vitest';
import { type ExecutionContext, executePlan, type GraphqlResponse } from '../../../gateway/execution/execute-plan.ts';
import { createPlanner } from '../../../gateway/planning/create-planner.ts';
import type { ExecutablePlan } from '../../../gateway/planning/executable-plan.ts';
import { planOperation } from '../../../gateway/planning/plan-operation.ts';
import type { Planner, PlannerKind } from '../../../gateway/planning/planner.ts';
import { createSubgraphClients } from '../../../gateway/subgraph-client/create-subgraph-clients.ts';
import type { SubgraphClients, SubgraphTarget } from '../../../gateway/subgraph-client/subgraph-client.ts';
import { readSupergraph, type Supergraph } from '../../../gateway/supergraph/supergraph.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@requires",
  "@external", "@inaccessible"])`;

const sdls = {
  catalogue: `${link}
    type Query { items: [Item!] item: Item strict: Item! }
    type Mutation { add(n: Int!): Int! rename: Item fail: Int! }
    type Subscription { changed: Item }
    interface Named { name: String }
    type Item implements Named @key(fields: "id") { id: ID! name: String count: Int ratio: Float isNew: Boolean kind: Kind tags: [String!] matrix: [[Int!]]
      strictName: String! extra: Json parent: Item any: Any named: Named weight: Int }
    type Other implements Named { name: String other: Int! }
    union Any = Item | Other
    enum Kind { A B HIDDEN @inaccessible }
    scalar Json`,
  stock: `${link}
    type Query { level: Int }
    type Item @key(fields: "id") { id: ID! level: Int strictLevel: Int! weight: Int @external fee: Int @requires(fields: "weight") }`,
};

/** What a subgraph answers to a query; may be anything. */
export type Answers = Readonly<
  Record<
    keyof typeof sdls,
    (request: { query: string; variables: Record<string, unknown>; signal: AbortSignal }) => unknown
  >
>;

export interface Shop {
  readonly supergraph: Supergraph;
  readonly planner: Planner;
  readonly clients: SubgraphClients;
  readonly sent: { readonly subgraph: string; readonly query: string; readonly variables: Record<string, unknown> }[];
  plan(document: string): Promise<ExecutablePlan>;
  /** Runs an operation; the body is parsed. */
  run(
    document: string,
    changes?: Partial<ExecutionContext>,
  ): Promise<
    GraphqlResponse & {
      readonly json: { data?: unknown; errors?: { path?: unknown; message: string; extensions: { code: string } }[] };
    }
  >;
  context(changes?: Partial<ExecutionContext>): ExecutionContext;
}

/** A small supergraph whose subgraphs answer what the test says, right or wrong; closed when the test ends. */
export function openShop(answers: Answers, deadlineMs = 3_000, kind: PlannerKind = 'hive'): Shop {
  const services = Object.entries(sdls).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(sdl),
  }));
  const composed = composeServices(services);
  if (!composed.supergraphSdl) throw new Error(composed.errors?.map((error) => error.message).join('\n'));
  const supergraph = readSupergraph(composed.supergraphSdl);
  const planner = createPlanner(supergraph, kind);
  const sent: Shop['sent'] = [];
  const targets = new Map<string, SubgraphTarget>();
  for (const [subgraph, answer] of Object.entries(answers)) {
    const execute = async (request: { query: string; variables: Record<string, unknown>; signal: AbortSignal }) => {
      sent.push({ subgraph, query: request.query, variables: request.variables });
      return (await answer(request)) as { data?: Record<string, unknown> };
    };
    targets.set(subgraph, { kind: 'in-process', execute });
  }
  const clients = createSubgraphClients(targets, { deadlineMs });
  onTestFinished(async () => {
    await clients.close();
    await planner.close();
  });
  const plan = (document: string) => {
    const parsed = parse(document);
    const [problem] = validate(supergraph.apiSchema, parsed);
    if (problem) throw problem;
    return planOperation({ supergraph, planner, document: parsed, signal: AbortSignal.timeout(5_000) });
  };
  const context = (changes: Partial<ExecutionContext> = {}): ExecutionContext => ({
    variables: {},
    clients,
    signal: AbortSignal.timeout(5_000),
    requestId: 'r1',
    audience: 'everybody',
    headers: {},
    sharing: false,
    ...changes,
  });
  return {
    supergraph,
    planner,
    clients,
    sent,
    plan,
    context,
    async run(document, changes) {
      const response = await executePlan(await plan(document), context(changes));
      return { ...response, json: JSON.parse(response.body) };
    },
  };
}
