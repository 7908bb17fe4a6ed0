import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import {
  type DocumentNode,
  execute,
  type GraphQLSchema,
  isObjectType,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { executePlan } from '../../../gateway/execution/execute-plan.ts';
import { accessKeyOf } from '../../../gateway/planning/access-grant.ts';
import { createPlanner } from '../../../gateway/planning/create-planner.ts';
import { planOperation } from '../../../gateway/planning/plan-operation.ts';
import { createSubgraphClients } from '../../../gateway/subgraph-client/create-subgraph-clients.ts';
import type { SubgraphTarget } from '../../../gateway/subgraph-client/subgraph-client.ts';
import type { AccessRule } from '../../../gateway/supergraph/directive-tables.ts';
import type { Supergraph } from '../../../gateway/supergraph/supergraph.ts';
import { buildMerged, createContext } from '../../differential/build-schemas.ts';
import { type OpenWorld, openWorld, toAnswer } from '../../differential/open-world.ts';
import { operationArbitrary } from '../../differential/operation-arbitrary.ts';
import type { PrintedOperation } from '../../differential/print-operation.ts';
import { toValid } from '../../differential/to-valid.ts';
import { depot } from '../../differential/worlds/depot.ts';
import { library } from '../../differential/worlds/library.ts';
import { oneshelf } from '../../differential/worlds/oneshelf.ts';
import { refusedMessage, refuseInResolvers } from './access-oracle.ts';

const runs = Number(process.env.ACCESS_RUNS ?? 120);
const seed = Number(process.env.ACCESS_SEED ?? Date.now() % 2 ** 31);
const grant = { isAuthenticated: true, scopes: new Set(['has']), policies: new Set<string>(), contract: undefined };
const opened: OpenWorld[] = [];

afterAll(() => Promise.all(opened.map((world) => world.close())));

describe.each([library, depot, oneshelf])('random operations under random rules over $name', (world) => {
  const open = openWorld(world);
  opened.push(open);
  const coordinates = listCoordinates(open.supergraph.apiSchema);

  test('are answered as if each refused resolver threw', { timeout: 600_000 }, async () => {
    const planner = createPlanner(open.supergraph);
    let refusedFields = 0;
    let givenUp = 0;
    const property = fc.asyncProperty(
      operationArbitrary(open.supergraph.apiSchema, world, 4),
      fc.integer({ min: 0, max: 2 ** 31 }),
      async (tree, draw) => {
        const { denied, allowed } = drawRules(coordinates, draw);
        const operation = toValid(open.supergraph.apiSchema, tree);
        fc.pre(operation !== undefined);
        const secured = secure(open.supergraph, denied, allowed);
        const sent: { readonly name: string; readonly query: string }[] = [];
        const clients = clientsOf(open, sent);
        try {
          const signal = AbortSignal.timeout(10_000);
          const document = parse(operation.document);
          const plan = await planOperation({
            supergraph: secured,
            planner,
            document,
            access: accessKeyOf(grant),
            signal,
          }).catch(() => undefined);
          if (plan === undefined) {
            givenUp++;
            return;
          }
          refusedFields += plan.refusals.length;
          const bodies = new Set<string>();
          for (let run = 0; run < 5; run++) {
            const fresh = run === 0 ? clients : clientsOf(open, []);
            const context = { variables: operation.variables, clients: fresh, signal, requestId: 'r', audience: 'a' };
            const response = await executePlan(plan, { ...context, headers: {}, sharing: false, maxErrors: 10_000 });
            bodies.add(response.body);
          }
          expect(bodies.size).toBe(1);
          const merged = buildMerged(world, open.supergraph.apiSchema);
          const isDenied = refuseInResolvers(merged, world, new Set(denied.filter((each) => !allowed.includes(each))));
          const expected = await answerMerged(open, merged, operation);
          compare(JSON.parse([...bodies][0] ?? '{}'), expected);
          const unneeded = fieldsSent(open, sent, isDenied);
          expect(unneeded, sent.map(({ query }) => query).join('\n')).toEqual([]);
        } finally {
          await clients.close();
        }
      },
    );
    try {
      await fc.assert(property, { numRuns: Math.ceil(runs / 3), seed, reporter: report(open) });
    } finally {
      await planner.close();
    }
    expect(refusedFields).toBeGreaterThan(runs / 12);
    expect(givenUp).toBeLessThanOrEqual(1 + runs * 0.02);
  });
});

/** Everything that a rule may stand on: object, interface, union, scalar and enum types, fields and arguments. */
function listCoordinates(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap((type): string[] => {
    if (type.name.startsWith('__') || ['String', 'ID', 'Int', 'Float', 'Boolean'].includes(type.name)) return [];
    const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(
      type as never,
    );
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    return [
      ...(isRoot ? [] : [type.name]),
      ...fields.flatMap((field) => [
        `${type.name}.${field.name}`,
        ...('args' in field
          ? field.args.map((argument: { readonly name: string }) => `${type.name}.${field.name}(${argument.name}:)`)
          : []),
      ]),
    ];
  });
}

/** One field in twelve and one type in fifty is denied, and some have a rule that the caller satisfies. */
function drawRules(coordinates: readonly string[], draw: number) {
  const isDrawn = (coordinate: string, what: string, share: number): boolean =>
    createHash('sha256').update(`${draw} ${what} ${coordinate}`).digest().readUInt32LE() % share === 0;
  const shareOf = (coordinate: string): number => (coordinate.includes('.') ? 12 : 50);
  return {
    denied: coordinates.filter((coordinate) => isDrawn(coordinate, 'denied', shareOf(coordinate))),
    allowed: coordinates.filter((coordinate) => isDrawn(coordinate, 'allowed', 30)),
  };
}

/** The supergraph with rules: of `denied` the caller has nothing, of `allowed` it has what is asked for. */
function secure(supergraph: Supergraph, denied: readonly string[], allowed: readonly string[]): Supergraph {
  const rule = (scope: string): AccessRule => ({
    isAuthenticated: true,
    scopes: [['nobody has'], [scope]],
    policies: [],
  });
  const access = new Map<string, AccessRule>();
  for (const coordinate of denied) access.set(coordinate, rule('has not'));
  for (const coordinate of allowed) access.set(coordinate, rule('has'));
  return { ...supergraph, directives: { ...supergraph.directives, access } };
}

function clientsOf(open: OpenWorld, sent: { readonly name: string; readonly query: string }[]) {
  const contextValue = createContext(open.world);
  const targets = new Map<string, SubgraphTarget>();
  for (const [name, schema] of open.subgraphs) {
    targets.set(name, {
      kind: 'in-process',
      async execute({ query, variables }) {
        sent.push({ name, query });
        const result = await execute({ schema, document: parse(query), variableValues: variables, contextValue });
        return JSON.parse(JSON.stringify(result));
      },
    });
  }
  return createSubgraphClients(targets);
}

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly message: string;
    readonly extensions?: { readonly code?: string };
  }[];
}

async function answerMerged(open: OpenWorld, schema: GraphQLSchema, operation: PrintedOperation): Promise<Answered> {
  const { document, variables } = operation;
  const contextValue = createContext(open.world);
  const result = await execute({ schema, document: parse(document), variableValues: variables, contextValue });
  return JSON.parse(JSON.stringify(result));
}

/** The same data; each null explained; and the refusals at the same places, but within what became null above them. */
function compare(actual: Answered, expected: Answered): void {
  expect(toAnswer(actual as never).data, JSON.stringify(actual.errors)).toBe(toAnswer(expected as never).data);
  if (expected.data === undefined) return;
  const ours = (actual.errors ?? []).filter(({ extensions }) => extensions?.code === 'FORBIDDEN');
  const theirs = (expected.errors ?? []).filter(({ message }) => message === refusedMessage);
  const stands = ({ path = [] }: { readonly path?: readonly (string | number)[] }): boolean =>
    isNullAt(expected.data, path);
  const texts = (errors: readonly { readonly path?: readonly (string | number)[] }[]): readonly string[] =>
    errors
      .filter(stands)
      .map(({ path }) => JSON.stringify(path))
      .sort();
  expect(texts(ours)).toEqual(texts(theirs));
  for (const { path = [] } of theirs) {
    const place = nullPlace(expected.data, path);
    const explained = (actual.errors ?? []).some((error) => overlap(error.path ?? [], place));
    expect(explained, `${JSON.stringify(path)} in ${JSON.stringify(actual.errors)}`).toBe(true);
  }
}

function isNullAt(data: unknown, path: readonly (string | number)[]): boolean {
  return nullPlace(data, path).length === path.length;
}

/** Where the null of an error stands: at its path, or above it. */
function nullPlace(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let value = data;
  const place: (string | number)[] = [];
  for (const key of path) {
    if (value === null || value === undefined) break;
    value = (value as Record<string | number, unknown>)[key];
    place.push(key);
  }
  return place;
}

function overlap(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.every((key, index) => key === long[index]);
}

/** Refused fields that were asked of a subgraph all the same; keys may be, since objects are found by them. */
function fieldsSent(
  open: OpenWorld,
  sent: readonly { readonly name: string; readonly query: string }[],
  isDenied: (typeName: string, fieldName: string) => boolean,
): readonly string[] {
  const keys = open.world.subgraphs.flatMap(({ sdl }) => [...sdl.matchAll(/@(?:\w+__)?key\(\s*fields:\s*"([^"]*)"/g)]);
  const keyFields = new Set(keys.flatMap(([, fields = '']) => fields.split(/[^\w]+/)));
  const found = new Set<string>();
  for (const { name, query } of sent) {
    const schema = open.subgraphs.get(name);
    if (schema === undefined) continue;
    const info = new TypeInfo(schema);
    visit(
      parse(query) as DocumentNode,
      visitWithTypeInfo(info, {
        Field(node) {
          const parent = info.getParentType();
          const field = node.name.value;
          // The object of an @interfaceObject is whichever implementation allows it.
          if (!isObjectType(open.supergraph.apiSchema.getType(parent?.name ?? '')) || parent == null) return;
          if (field.startsWith('_') || keyFields.has(field)) return;
          if (isDenied(parent.name, field)) found.add(`${parent.name}.${field}`);
        },
      }),
    );
  }
  return [...found];
}

/** Says what a human needs: the seed, the operation, the rules and the difference. */
function report(open: OpenWorld) {
  return (details: fc.RunDetails<[Parameters<typeof toValid>[1], number]>): void => {
    if (!details.failed) return;
    const [tree, draw = 0] = details.counterexample ?? [];
    const { denied, allowed } = drawRules(listCoordinates(open.supergraph.apiSchema), draw);
    const operation = tree && toValid(open.supergraph.apiSchema, tree);
    const text = operation === undefined ? '' : print(parse(operation.document));
    const cause =
      details.errorInstance instanceof Error ? details.errorInstance : new Error(String(details.errorInstance));
    const rules = `denied ${JSON.stringify(denied)}, allowed ${JSON.stringify(allowed)}`;
    const variables = JSON.stringify(operation?.variables);
    throw new Error(`seed ${details.seed}\n${text}\nvariables ${variables}\n${rules}\n${cause.message}`, { cause });
  };
}
