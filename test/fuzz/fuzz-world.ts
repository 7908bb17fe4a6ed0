import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { staffScopes } from '../../cli/own-kinds.ts';
import { resolveSettings } from '../../gateway/config.ts';
import { projectRoot } from '../check/source-files.ts';
import { openWholeGraph } from '../e2e/open-whole-graph.ts';
import { accountsSdl, reviewsSdl, startTestGraph } from '../gateway/server/test-graph.ts';
import { createCaller, customerCalled, partnerOn, tillAt } from '../support/callers.ts';
import type { FuzzTarget } from './cases/write-request.ts';

/** A gateway to send cases to. Dispose of it when done. */
export interface FuzzWorld extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly target: FuzzTarget;
  /** A request that anybody may send, and its answer. */
  readonly usual: { readonly query: string; readonly data: unknown };
  /** The log lines since the last call. */
  takeLog(): readonly string[];
  /** Whether an operation that is within the limits must not hold the event loop either: the subgraphs of the other one run in this process. */
  readonly areSubgraphsElsewhere: boolean;
}

/** The limits as they are, but for the number of sockets: the many that come from one address here are many people's. */
const settings = resolveSettings({
  limits: {
    anonymous: { sockets: 10_000 },
    person: { sockets: 10_000 },
    partner: { sockets: 10_000 },
    system: { sockets: 10_000 },
  },
});
/** Small caches are full soon, so that a long run sees what leaks. */
const bounds = {
  limits: settings.limits,
  planCacheBytes: 4_000_000,
  documentCacheBytes: 4_000_000,
  planningDeadlineMs: 20_000,
};

/** Two subgraphs that answer from memory. */
export async function openLightWorld(): Promise<FuzzWorld> {
  const graph = await startTestGraph({ ...bounds, introspection: false });
  const schema = buildSchema(
    [accountsSdl, reviewsSdl]
      .map(withoutFederation)
      .join('\n')
      .replace(/type User \{ id: ID! {2}reviews/, 'extend type User { reviews')
      .replace(/type Query \{ reviews/, 'extend type Query { reviews'),
    { assumeValidSDL: true }, // directives of federation are not defined in it
  );
  return {
    name: 'two light subgraphs',
    url: graph.gateway.url,
    port: graph.gateway.port,
    target: { schema, proofs: ['', '', '', '', '', '', '', 'Bearer a.b.c'] },
    usual: { query: '{ me { name } }', data: { me: { name: 'Ada' } } },
    takeLog: () => {
      for (const { seen } of [graph.accounts, graph.reviews]) seen.length = 0; // what the subgraphs remember would look like a leak
      return graph.log.splice(0).map((line) => JSON.stringify(line));
    },
    areSubgraphsElsewhere: true,
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  };
}

function withoutFederation(sdl: string): string {
  return sdl.replace(/extend schema @link\([^)]*\)/, '').replaceAll(/ @key\([^)]*\)/g, '');
}

/** Oneshelf itself, over Postgres with the sample data, and everybody who may come to it. */
export async function openOneshelfWorld(): Promise<FuzzWorld> {
  const graph = await openWholeGraph(bounds);
  const callers = [
    tillAt('bestbuy-4'),
    partnerOn('web'),
    customerCalled('01890000-0000-7000-8000-000000000000'),
    createCaller('staff', {}, staffScopes),
  ];
  return {
    name: 'Oneshelf',
    url: graph.gateway.url,
    port: graph.gateway.port,
    target: {
      schema: buildSchema(readFileSync(join(projectRoot, 'schema/api.graphql'), 'utf8')),
      proofs: ['', '', '', ...callers.map((caller) => graph.authorizationOf(caller))],
    },
    usual: { query: '{ channel(id: "web") { id } }', data: { channel: { id: 'web' } } },
    takeLog: () => graph.log.splice(0),
    areSubgraphsElsewhere: false,
    [Symbol.asyncDispose]: () => graph[Symbol.asyncDispose](),
  };
}
