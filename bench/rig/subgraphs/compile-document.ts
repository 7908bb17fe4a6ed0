import {
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { Arguments, Field, SubgraphData } from './subgraph-data.ts';

export type SubgraphResult = Record<string, unknown>;

/** A document made ready: variables in, `data` out. `event` is what the root fields of a subscription are given. */
export type CompiledDocument = (variables: Arguments, event?: unknown) => SubgraphResult;

/** One response key: its value, before the selections below it. */
interface CompiledField {
  readonly key: string;
  readonly resolve: (source: never, variables: Arguments) => unknown;
  readonly below: CompiledSelection | undefined;
}

type CompiledSelection = (source: unknown, variables: Arguments) => SubgraphResult;

const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

interface Scope {
  readonly data: SubgraphData;
  readonly document: DocumentNode;
}

/**
 * Compiles a gateway's document for one subgraph: no validation, no promises, a list of fields to copy. Knows what planners send
 * for this graph: fragments, aliases, arguments, several `_entities`; directives it refuses, so that none is silently ignored.
 */
export function compileDocument(query: string, data: SubgraphData): CompiledDocument {
  const document = parse(query, { noLocation: true });
  refuseDirectives(document);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('There is no operation in the document.');
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue !== undefined) defaults[variable.name.value] = valueFromASTUntyped(defaultValue);
  }
  const run = compileSelection(rootTypes[operation.operation], [operation.selectionSet], { data, document });
  return (variables, event) => run(event, { ...defaults, ...variables });
}

function compileSelection(type: string, sets: readonly SelectionSetNode[], scope: Scope): CompiledSelection {
  const nodesByKey = new Map<string, FieldNode[]>();
  for (const set of sets) collectFields(type, set, scope, nodesByKey);
  const fields = Array.from(nodesByKey, ([key, nodes]) => compileField(type, key, nodes, scope));
  return (source, variables) => {
    const result: SubgraphResult = {};
    for (const { key, resolve, below } of fields) {
      const value = resolve(source as never, variables);
      result[key] = below === undefined ? value : selectBelow(value, below, variables);
    }
    return result;
  };
}

function selectBelow(value: unknown, below: CompiledSelection, variables: Arguments): unknown {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.map((item) => selectBelow(item, below, variables)) : below(value, variables);
}

function collectFields(type: string, set: SelectionSetNode, scope: Scope, into: Map<string, FieldNode[]>): void {
  for (const selection of set.selections) {
    switch (selection.kind) {
      case Kind.FIELD: {
        const key = (selection.alias ?? selection.name).value;
        into.set(key, [...(into.get(key) ?? []), selection]);
        break;
      }
      case Kind.INLINE_FRAGMENT:
        if ((selection.typeCondition?.name.value ?? type) === type)
          collectFields(type, selection.selectionSet, scope, into);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = findFragment(selection.name.value, scope.document);
        if (fragment.typeCondition.name.value === type) collectFields(type, fragment.selectionSet, scope, into);
        break;
      }
      default:
        selection satisfies never;
    }
  }
}

function compileField(type: string, key: string, nodes: readonly FieldNode[], scope: Scope): CompiledField {
  const name = nodes[0]?.name.value ?? '';
  const sets = nodes.flatMap((node) => node.selectionSet ?? []);
  const readArguments = compileArguments(nodes[0]);
  if (name === '__typename') return { key, resolve: () => type, below: undefined };
  if (name === '_entities') return { key, resolve: compileEntities(sets, readArguments, scope), below: undefined };
  const field: Field | undefined = scope.data.types[type]?.[name];
  if (field === undefined) throw new Error(`There is no field ${type}.${name} in this subgraph.`);
  return {
    key,
    resolve: (source, variables) => field.resolve(source, readArguments(variables)),
    below: field.type === undefined ? undefined : compileSelection(field.type, sets, scope),
  };
}

/** The selections of `_entities` are compiled once for each type that a representation names. */
function compileEntities(
  sets: readonly SelectionSetNode[],
  readArguments: (variables: Arguments) => Arguments,
  scope: Scope,
): CompiledField['resolve'] {
  const byType = new Map<string, CompiledSelection>();
  return (_, variables) => {
    const representations = readArguments(variables).representations as readonly Arguments[];
    return representations.map((representation) => {
      const type = String(representation.__typename);
      const select = byType.get(type) ?? compileSelection(type, sets, scope);
      byType.set(type, select);
      const entity = scope.data.findEntity(representation);
      return entity === null ? null : select(entity, variables);
    });
  };
}

const none: Arguments = {};

function compileArguments(node: FieldNode | undefined): (variables: Arguments) => Arguments {
  const given = node?.arguments ?? [];
  if (given.length === 0) return () => none;
  const readers = given.map(({ name, value }) => [name.value, compileValue(value)] as const);
  return (variables) => Object.fromEntries(readers.map(([name, read]) => [name, read(variables)]));
}

function compileValue(value: ValueNode): (variables: Arguments) => unknown {
  if (value.kind === Kind.VARIABLE) return (variables) => variables[value.name.value];
  return (variables) => valueFromASTUntyped(value, { ...variables });
}

function findFragment(name: string, document: DocumentNode) {
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name) return definition;
  }
  throw new Error(`There is no fragment ${name}.`);
}

function refuseDirectives(document: DocumentNode): void {
  visit(document, {
    Directive: (node) => {
      throw new Error(`The bench's subgraphs do not know @${node.name.value}.`);
    },
  });
}
