import { type GraphQLSchema, Kind, parse } from 'graphql';
import { aliasFields } from './rewrite/alias-fields.ts';
import { applyConditions } from './rewrite/apply-conditions.ts';
import { dropRequired } from './rewrite/drop-required.ts';
import { flattenFragments } from './rewrite/flatten-fragments.ts';
import { liftFields } from './rewrite/lift-fields.ts';
import type { Operation } from './rewrite/operation.ts';
import { partAliases } from './rewrite/part-aliases.ts';
import { renameAliases } from './rewrite/rename-aliases.ts';
import { separateMutations } from './rewrite/separate-mutations.ts';
import type { Chaos } from './strike.ts';
import type { World } from './world.ts';

/**
 * A way in which stock @apollo/gateway 2.14.4 answers wrongly; the merged schema decides what is right, and ours agrees with it.
 * A fault is known by its cure: a rewriting that takes nothing but the fault's cause out of an operation. Stock must be right about what
 * comes of it. An operation that has not the cause is not changed by the rewriting, so that nothing excuses a wrong answer to it.
 */
export interface StockDifference {
  readonly reason: string;
  readonly cure: (operation: Operation, schema: GraphQLSchema, world: World) => readonly Operation[];
  /** Operations that show it, each as small as it can be. */
  readonly examples: readonly Example[];
}

interface Example {
  readonly world: 'library' | 'depot';
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly chaos?: Chaos;
}

/** In the order in which they are tried. */
export const stockDifferences: readonly StockDifference[] = [
  {
    reason: 'An alias that is the name of a field or of the system hides what the plan fetches for itself',
    cure: (operation, schema) => [renameAliases(operation, schema)],
    examples: [
      { world: 'library', document: 'query Op { search { ... on Film { id: reviews { stars } author { age } } } }' },
    ],
  },
  {
    reason:
      'What an alias means on one type hides what it means on another, where one of them selects the same field without it too',
    cure: (operation) => [partAliases(operation)],
    examples: [
      {
        world: 'library',
        document:
          'query Op { nodes { ... on Film { x: cast { fame } fans(first: 0) { age } } ... on Book { x: fans(first: 0) { mood } } } }',
      },
    ],
  },
  {
    reason: 'A field hides the same field with other arguments that a @requires beside it needs',
    cure: (operation, _schema, world) => [aliasFields(operation, fieldsRequiredWithArguments(world))],
    examples: [
      {
        world: 'library',
        document: 'query Op { reviews { of { ... on Book { weight(unit: GRAM) } ... on Book { shipping } } } }',
      },
    ],
  },
  {
    reason: '@skip and @include: what stands beside a field, or is required by it, is lost when all of it is skipped',
    cure: (operation) => [applyConditions(operation)],
    examples: [
      {
        world: 'depot',
        document: 'query Op($c: Boolean!) { slots { crates { load @skip(if: $c) contents { __typename } } } }',
        variables: { c: true },
      },
    ],
  },
  {
    reason: 'A fragment inside one on a wider type is lost, or cannot be planned',
    cure: (operation, schema) => [flattenFragments(operation, schema)],
    examples: [
      { world: 'depot', document: 'query Op { grid { ... on Labelled { ... on Slot { row } } } }' },
      { world: 'library', document: 'query Op { reviews { of { ... on Node { id } } } }' },
    ],
  },
  {
    reason: 'An entity is lost when fields of two @interfaceObject subgraphs are selected for one of its types',
    cure: (operation, schema, world) => {
      const fields = interfaceObjectFields(world);
      return [
        liftFields(flattenFragments(operation, schema), schema, (type, field) => fields.get(type)?.has(field) === true),
      ];
    },
    examples: [{ world: 'library', document: 'query Op { top { ... on Song { rating fans { id } } } }' }],
  },
  {
    reason: 'What a root field of a mutation asks of other subgraphs is fetched after later root fields have run',
    cure: (operation, schema) => separateMutations(flattenFragments(operation, schema)),
    examples: [
      {
        world: 'library',
        document:
          'mutation Op { a: rate(id: "w1", stars: 0) { by { favourite { rating } } } b: rate(id: "w1", stars: 2) { id } }',
      },
    ],
  },
  {
    reason: "An @interfaceObject overwrites an object's __typename with its own, and the object is lost",
    cure: (operation) => [aliasFields(operation, new Set(['__typename']))],
    examples: [{ world: 'library', document: 'query Op { shippable { rating __typename } }' }],
  },
  {
    reason:
      'An @interfaceObject whose type is not found out, since a field that must not be null is, is an empty object',
    cure: (operation, schema, world) => [
      dropRequired(flattenFragments(operation, schema), schema, new Set(interfaceObjectFields(world).keys())),
    ],
    examples: [
      {
        world: 'library',
        document: 'query Op { reviews { by { favourite { ... on Song { seconds } } } } }',
        chaos: 1_499_645_104,
      },
    ],
  },
];

/** Names of the fields that a @requires gives arguments. */
function fieldsRequiredWithArguments(world: World): ReadonlySet<string> {
  const fieldSets = world.subgraphs.flatMap(({ sdl }) =>
    Array.from(sdl.matchAll(/@requires\(fields: "([^"]*)"/g), ([, fields = '']) => fields),
  );
  return new Set(fieldSets.flatMap((fields) => Array.from(fields.matchAll(/(\w+)\(/g), ([, name = '']) => name)));
}

/** Fields that @interfaceObject subgraphs add to an interface, by the interface's name. */
function interfaceObjectFields(world: World): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>();
  for (const { sdl } of world.subgraphs) {
    for (const definition of parse(sdl).definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      if (!definition.directives?.some(({ name }) => name.value === 'interfaceObject')) continue;
      const known = fields.get(definition.name.value) ?? new Set();
      fields.set(definition.name.value, known);
      for (const field of definition.fields ?? []) known.add(field.name.value);
    }
  }
  return fields;
}
