import { type DocumentNode, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import { BoundedCache } from '../basics/bounded-cache.ts';

/** Coordinates of an operation's root fields, such as `Mutation.rename`; empty for what is no GraphQL, or is not worth finding out. */
export type ReadRootFields = (text: string, operationName: string | undefined) => readonly string[];

/** Before anything has been checked: larger documents are not looked at. */
const maxChars = 16_000;
const maxTokens = 2_000;
const rememberedChars = 1024 * 1024;
const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;
const none: readonly string[] = [];

/** Remembers what it found: what clients send is nearly always the same. */
export function createRootFieldReader(): ReadRootFields {
  const remembered = new BoundedCache<readonly string[]>(rememberedChars);
  return (text, operationName) => {
    if (text.length > maxChars) return none;
    const key = operationName === undefined ? text : `${operationName}\n${text}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const fields = readRootFields(text, operationName);
    remembered.set(key, fields, key.length + 200);
    return fields;
  };
}

function readRootFields(text: string, operationName: string | undefined): readonly string[] {
  try {
    const document = parse(text, { noLocation: true, maxTokens });
    const operation = findOperation(document, operationName);
    return operation === undefined ? none : listFields(document, operation);
  } catch {
    return none; // whoever validates it says what is wrong with it
  }
}

function findOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === 'OperationDefinition');
  if (name !== undefined) return operations.find((operation) => operation.name?.value === name);
  return operations.length === 1 ? operations[0] : undefined;
}

function listFields(document: DocumentNode, { operation, selectionSet }: OperationDefinitionNode): readonly string[] {
  const fields = new Set<string>();
  const seen = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === 'Field') fields.add(`${rootTypes[operation]}.${selection.name.value}`);
      else if (selection.kind === 'InlineFragment') visit(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = document.definitions.find(
          (each) => each.kind === 'FragmentDefinition' && each.name.value === selection.name.value,
        );
        if (fragment?.kind === 'FragmentDefinition') visit(fragment.selectionSet);
      }
    }
  };
  visit(selectionSet);
  fields.delete(`${rootTypes[operation]}.__typename`);
  return [...fields];
}
