import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  separateOperations,
  visit,
} from 'graphql';
import { invariant, shownError } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { DataKeyOf } from './data-keys.ts';
import { type Condition, toPlannable } from './to-plannable.ts';

export interface ChosenOperation {
  /** The chosen operation as the client wrote it. */
  readonly operation: OperationDefinitionNode;
  /** The client's fragments, as written. */
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The operation and its fragments alone. */
  readonly document: DocumentNode;
  /** `__schema` and `__type` alone, for graphql-js; undefined when the operation has neither. */
  readonly introspection: DocumentNode | undefined;
}

interface RootField {
  readonly field: FieldNode;
  /** The field inside the conditions of the fragments around it. */
  readonly selection: SelectionNode;
}

export interface PlannableText {
  readonly text: string;
  /**
   * The data key of a mutation's field that must not be null: when it is, the response's data is null, and the specification's
   * executor does not begin with the next field.
   */
  readonly stopsWithoutKey: string | undefined;
}

/** Takes the operation to run out of a document. Throws OPERATION_RESOLUTION_FAILURE. */
export function takeOperation(document: DocumentNode, operationName: string | undefined): ChosenOperation {
  const operation = chooseOperation(document, operationName);
  const own = separate(document, operation);
  return { operation, fragments: fragmentsOf(own), document: own, introspection: introspection(own, operation) };
}

/**
 * What to plan, in order: one text for a query, one for each root field of a mutation, none when nothing is to fetch.
 * Planners refuse `__schema`, and plan a mutation's fields so that the entity fetches of one run beside the next one's write;
 * the specification wants each field finished before the next begins.
 */
export function plannableTexts(
  { document, operation: { name } }: ChosenOperation,
  supergraph: Supergraph,
  dataKeyOf: DataKeyOf,
  condition: Condition,
): readonly PlannableText[] {
  const plannable = toPlannable(document, supergraph, dataKeyOf, condition);
  const operation = chooseOperation(plannable, name?.value);
  const fragments = fragmentsOf(plannable);
  const roots = expandRoot(operation.selectionSet.selections, fragments, []);
  const fetched = roots.filter(({ field }) => !field.name.value.startsWith('__'));
  if (fetched.length === 0) return [];
  const groups = operation.operation === 'mutation' ? groupByDataKey(fetched) : [fetched];
  const rootType = supergraph.apiSchema.getRootType(operation.operation);
  return groups.map((group) => {
    const [root] = group;
    const field = root && rootType?.getFields()[root.field.name.value];
    const mustNotBeNull = operation.operation === 'mutation' && isNonNullType(field?.type);
    return {
      text: print(operationOf(operation, group, fragments)),
      stopsWithoutKey: root && mustNotBeNull ? dataKeyIn(root.field) : undefined,
    };
  });
}

/** The operation and the fragments it uses. */
function separate(document: DocumentNode, { name }: OperationDefinitionNode): DocumentNode {
  if (document.definitions.length === 1) return document;
  return separateOperations(document)[name?.value ?? ''] ?? document;
}

/** After renaming, the data key is the response key. */
function dataKeyIn(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function introspection(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode | undefined {
  const fragments = fragmentsOf(document);
  const asked = expandRoot(operation.selectionSet.selections, fragments, []).filter(({ field }) =>
    isIntrospection(field),
  );
  return asked.length > 0 ? operationOf(operation, asked, fragments) : undefined;
}

function isIntrospection(field: FieldNode): boolean {
  return field.name.value === '__schema' || field.name.value === '__type';
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

function chooseOperation(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const chosen =
    operationName === undefined && operations.length === 1
      ? operations[0]
      : operations.find((operation) => operation.name?.value === operationName);
  if (chosen === undefined || (operationName === undefined && operations.length !== 1)) {
    throw shownError('OPERATION_RESOLUTION_FAILURE', 'operationName must choose one operation of the document.');
  }
  return chosen;
}

function expandRoot(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  around: readonly (readonly DirectiveNode[])[],
): RootField[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [{ field: selection, selection: wrap(selection, around) }];
    const directives = selection.directives ?? [];
    const inside = directives.length > 0 ? [...around, directives] : around;
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return expandRoot(selection.selectionSet.selections, fragments, inside);
    const fragment = fragments.get(selection.name.value);
    invariant(fragment, `validation let the unknown fragment ${selection.name.value} through`);
    return expandRoot(fragment.selectionSet.selections, fragments, inside);
  });
}

function wrap(field: FieldNode, around: readonly (readonly DirectiveNode[])[]): SelectionNode {
  return around.reduceRight<SelectionNode>(
    (inner, directives) => ({
      kind: Kind.INLINE_FRAGMENT,
      directives,
      selectionSet: { kind: Kind.SELECTION_SET, selections: [inner] },
    }),
    field,
  );
}

function groupByDataKey(roots: readonly RootField[]): RootField[][] {
  const groups = new Map<string, RootField[]>();
  for (const root of roots) {
    const key = dataKeyIn(root.field);
    const group = groups.get(key);
    if (group) group.push(root);
    else groups.set(key, [root]);
  }
  return [...groups.values()];
}

function operationOf(
  operation: OperationDefinitionNode,
  roots: readonly RootField[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const bare: OperationDefinitionNode = {
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections: roots.map((root) => root.selection) },
  };
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [bare, ...fragments.values()] };
  const used = separate(document, operation);
  if ((operation.variableDefinitions ?? []).length === 0) return used;
  const names = usedVariables(used);
  return visit(used, {
    OperationDefinition: (node) => ({
      ...node,
      variableDefinitions: node.variableDefinitions?.filter(({ variable }) => names.has(variable.name.value)),
    }),
  });
}

function usedVariables(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      names.add(node.name.value);
    },
  });
  return names;
}
