import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { buildASTSchema, type DocumentNode, type GraphQLSchema, parse, print } from 'graphql';
import { shownError } from '../errors.ts';
import { type DirectiveTables, readDirectiveTables } from './directive-tables.ts';
import { readLinkedFeatures } from './linked-features.ts';
import { readSubgraphs, type SubgraphInfo } from './read-subgraphs.ts';
import { removeUnreadable } from './remove-unreadable.ts';
import { toApiDocument, toApiSchema } from './to-api-schema.ts';
import { emptySchema, toContractSchema } from './to-contract-schema.ts';

/** A supergraph as the gateway serves it. Immutable: a change makes a new one with another id. */
export interface Supergraph {
  /** sha256 (hex) of the SDL as it was offered: two supergraphs that differ only in their access rules have two ids. */
  readonly id: string;
  /** The SDL as it was offered: reading it again gives the same supergraph. */
  readonly offeredSdl: string;
  /** The SDL for the planners: as offered, without the directives they refuse (those are in `directives`). */
  readonly sdl: string;
  /** With the join__ types. */
  readonly supergraphSchema: GraphQLSchema;
  /** What clients see: no join__ or link__ types, nothing @inaccessible. */
  readonly apiSchema: GraphQLSchema;
  /** Keyed by the name that the planner says in `serviceName`: `join__graph(name:)`. */
  readonly subgraphs: ReadonlyMap<string, SubgraphInfo>;
  /** What the schema says about access, cost and everything else of its own, by coordinate. */
  readonly directives: DirectiveTables;
  /** The contract whose callers see it so; undefined is everybody else. */
  readonly contract: string | undefined;
  /** The same supergraph as the callers of a contract see it: another `apiSchema`, all else is one. By the contract's name. */
  readonly contracts: ReadonlyMap<string, Supergraph>;
}

/**
 * Reads a composed supergraph SDL (join v0.1 to v0.5, any composer), and what the callers of these contracts see of it.
 * Throws GatewayError SUPERGRAPH_INVALID, with a message for the operator, when it cannot be served.
 */
export function readSupergraph(sdl: string, contracts: readonly string[] = []): Supergraph {
  const steps = readSteps(sdl, contracts);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const noContracts: Supergraph['contracts'] = new Map();
const unread = new WeakMap<Supergraph, Supergraph>();

/** The supergraph as the callers of a contract see it; of a contract that it was not read for, nothing is there. */
export function viewFor(supergraph: Supergraph, contract: string | undefined): Supergraph {
  if (contract === undefined) return supergraph;
  const view = supergraph.contracts.get(contract) ?? unread.get(supergraph);
  if (view !== undefined) return view;
  const made = Object.freeze({ ...supergraph, apiSchema: emptySchema, contract, contracts: noContracts });
  unread.set(supergraph, made);
  return made;
}

/** The same with other work between its steps: at once it would hold the event loop for 25 ms (100 KB of SDL). */
export async function readSupergraphInTurns(sdl: string, contracts: readonly string[] = []): Promise<Supergraph> {
  const steps = readSteps(sdl, contracts);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await nextTurn();
  }
}

/** Each step is a few ms: parsing, printing and each of the schemas. */
function* readSteps(sdl: string, contracts: readonly string[]): Generator<undefined, Supergraph> {
  try {
    const document = parse(sdl, { noLocation: true });
    yield;
    const features = readLinkedFeatures(document);
    const readable: DocumentNode = removeUnreadable(document, features);
    yield;
    const printed = print(readable);
    yield;
    const supergraphSchema = buildASTSchema(readable, { assumeValidSDL: true });
    yield;
    const visible = toApiDocument(document, features);
    const apiSchema = toApiSchema(visible);
    yield;
    const directives = readDirectiveTables(document, features);
    const whole = {
      id: createHash('sha256').update(sdl).digest('hex'),
      offeredSdl: sdl,
      sdl: printed,
      supergraphSchema,
      apiSchema,
      subgraphs: readSubgraphs(document, features),
      directives,
      contract: undefined,
    };
    const views = new Map<string, Supergraph>();
    for (const contract of contracts) {
      yield;
      const schema = toContractSchema(visible, directives, contract);
      views.set(contract, Object.freeze({ ...whole, apiSchema: schema, contract, contracts: noContracts }));
    }
    return Object.freeze({ ...whole, contracts: views });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw shownError('SUPERGRAPH_INVALID', `The supergraph cannot be served: ${reason}`, { cause });
  }
}
