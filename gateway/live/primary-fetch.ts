import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { hiddenError, invariant } from '../errors.ts';
import type { VariableValues } from '../planning/compile-variables.ts';
import type { RootFetch } from '../planning/executable-plan.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { type ConflationPlaces, findConflationPlaces } from './conflation-places.ts';
import { type LiveFeed, readLiveFeed } from './live-feed.ts';

/** The fetch that begins a subscription, made ready to be begun again from any cursor. */
export interface PrimaryFetch {
  readonly feed: LiveFeed | undefined;
  readonly conflation: ConflationPlaces | undefined;
  readonly serviceName: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The key of the root field in its data. */
  readonly rootKey: string;
  /** The names of the client's variables that it needs, the resume argument's aside. */
  readonly variables: readonly string[];
  /** The client's name of the variable that resumes, which tells no two live operations apart. */
  readonly resumeVariable: string | undefined;
  /** Where this client begins. */
  startCursor(values: VariableValues): string | undefined;
}

/** Our own aliases and variable in the primary; documents of clients cannot collide with names that hold a double underscore. */
export const cursorKey = 'live__cursor';
export const kindKey = 'live__kind';
export const cursorVariable = 'live__after';

/**
 * Changes the planner's primary so that it can be resumed: the resume argument becomes a variable of ours, whatever the client
 * wrote there, and cursor and kind are asked for under names of ours, whether or not the client wants them.
 */
export function preparePrimary(
  { fetch }: RootFetch,
  supergraph: Supergraph,
  client: { readonly document: DocumentNode; readonly operationName: string | undefined },
): PrimaryFetch {
  const document = parse(fetch.query, { noLocation: true });
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  invariant(operation !== undefined, 'a fetch has an operation');
  const root = findRootField(operation);
  const type = supergraph.supergraphSchema.getSubscriptionType();
  invariant(type, 'a planned subscription has a type');
  const feed = readLiveFeed(supergraph, type.name, root.name.value);
  const plain = {
    feed,
    conflation: feed && findConflationPlaces(client.document, client.operationName, feed),
    serviceName: fetch.serviceName,
    operationName: fetch.operationName,
    rootKey: root.alias?.value ?? root.name.value,
  };
  const names = fetch.variables.map(({ name }) => name);
  if (feed === undefined) {
    return { ...plain, query: fetch.query, variables: names, resumeVariable: undefined, startCursor: () => undefined };
  }
  const argumentType = type.getFields()[root.name.value]?.args.find(({ name }) => name === feed.resumeArgument)?.type;
  if (argumentType === undefined) throw hiddenError(`@liveFeed names no argument of ${root.name.value}.`);
  const given = root.arguments?.find(({ name }) => name.value === feed.resumeArgument)?.value;
  const changed = resumable(document, operation, root, feed, String(argumentType));
  const used = variablesOf(changed);
  return {
    ...plain,
    query: print(withoutUnused(changed, used)),
    variables: names.filter((name) => used.has(name)),
    resumeVariable: given?.kind === Kind.VARIABLE ? given.name.value : undefined,
    startCursor(values) {
      const value = given?.kind === Kind.VARIABLE ? values.get(given.name.value) : given && valueFromASTUntyped(given);
      return typeof value === 'string' ? value : undefined;
    },
  };
}

function findRootField(operation: OperationDefinitionNode): FieldNode {
  const fields = operation.selectionSet.selections.filter((node) => node.kind === Kind.FIELD);
  const root = fields.find(({ name }) => name.value !== '__typename');
  invariant(root !== undefined, 'the primary of a subscription has one root field');
  return root;
}

function resumable(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  root: FieldNode,
  feed: LiveFeed,
  argumentType: string,
): DocumentNode {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  const variable = { kind: Kind.VARIABLE, name: name(cursorVariable) } as const;
  const resume: ArgumentNode = { kind: Kind.ARGUMENT, name: name(feed.resumeArgument), value: variable };
  const asked: SelectionNode[] = [{ kind: Kind.FIELD, name: name(feed.cursorField), alias: name(cursorKey) }];
  if (feed.kindField !== undefined) asked.push({ kind: Kind.FIELD, name: name(feed.kindField), alias: name(kindKey) });
  const field: FieldNode = {
    ...root,
    arguments: [...(root.arguments ?? []).filter((each) => each.name.value !== feed.resumeArgument), resume],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...(root.selectionSet?.selections ?? []), ...asked] },
  };
  const definition = parse(`query($${cursorVariable}: ${argumentType.replace(/!$/, '')}) { a }`, { noLocation: true })
    .definitions[0] as OperationDefinitionNode;
  const changed: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [...(operation.variableDefinitions ?? []), ...(definition.variableDefinitions ?? [])],
    selectionSet: {
      ...operation.selectionSet,
      selections: operation.selectionSet.selections.map((node) => (node === root ? field : node)),
    },
  };
  return { ...document, definitions: document.definitions.map((node) => (node === operation ? changed : node)) };
}

/** Names of the variables that stand somewhere else than in their definition. */
function variablesOf(document: DocumentNode): ReadonlySet<string> {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      used.add(node.name.value);
    },
  });
  return used;
}

function withoutUnused(document: DocumentNode, used: ReadonlySet<string>): DocumentNode {
  return visit(document, { VariableDefinition: (node) => (used.has(node.variable.name.value) ? undefined : null) });
}
