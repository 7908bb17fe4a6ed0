import { Kind, parse } from 'graphql';

/** A document of schema/operations, as the list shows it and as a tab opens it. */
export interface OperationDocument {
  /** Its folder: who uses it. */
  readonly audience: string;
  /** Its file's name in words: "Product list". */
  readonly title: string;
  readonly query: string;
  /** Example variables as JSON that fit the sample data; empty when there are none. */
  readonly variables: string;
}

const queries = import.meta.glob<string>('../../schema/operations/**/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variables = import.meta.glob<string>('../../schema/operations/**/*.variables.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The order of the list: from what most people look for first. Other folders come after, by name. */
const audiences = ['storefront', 'till', 'partner', 'staff'];

/** All documents of schema/operations, which the tests run too, by audience, then by file name. */
export const operationDocuments: readonly OperationDocument[] = Object.entries(queries)
  .map(([path, query]) => toDocument(path, query))
  .toSorted((a, b) => rank(a) - rank(b) || a.audience.localeCompare(b.audience) || a.title.localeCompare(b.title));

function rank({ audience }: OperationDocument): number {
  const index = audiences.indexOf(audience);
  return index === -1 ? audiences.length : index;
}

function toDocument(path: string, query: string): OperationDocument {
  const [audience = '', file = ''] = path.split('/').slice(-2);
  const words = file.replace('.graphql', '').replaceAll('-', ' ');
  return {
    audience,
    title: words.slice(0, 1).toUpperCase() + words.slice(1),
    query: query.trim(),
    variables: toTabVariables(query, variables[path.replace('.graphql', '.variables.json')] ?? ''),
  };
}

/**
 * A document of several operations has variables for each, by the operation's name, and a tab has one place for all of
 * them. They stand there together, one a line: an operation ignores the variables that it does not declare.
 */
function toTabVariables(query: string, text: string): string {
  if (text === '') return '';
  const example: Record<string, object> = JSON.parse(text);
  const operations = parse(query).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const own = operations.map((operation) => example[operation.name?.value ?? ''] ?? {});
  return JSON.stringify(operations.length > 1 ? Object.assign({}, ...own.toReversed()) : example, null, 2);
}
