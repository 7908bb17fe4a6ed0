import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { projectRoot } from '../check/source-files.ts';

/** One operation of schema/operations with the variables that stand beside its document. */
export interface DocumentedOperation {
  /** Such as storefront/product-list ProductList. */
  readonly title: string;
  readonly file: string;
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly document: string;
  readonly variables: Record<string, unknown>;
}

const folder = join(projectRoot, 'schema/operations');

/** Every documented operation; a document with several has variables for each, by the operation's name. */
export function documentedOperations(): DocumentedOperation[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.graphql'));
  return files.sort().flatMap((file) => {
    const document = readFileSync(join(folder, file), 'utf8');
    const variablesFile = join(folder, file.replace(/\.graphql$/, '.variables.json'));
    const variables = existsSync(variablesFile)
      ? (JSON.parse(readFileSync(variablesFile, 'utf8')) as Record<string, unknown>)
      : {};
    const operations = parse(document).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
    return operations.map((operation) => {
      const name = operation.name?.value ?? '';
      const own = operations.length > 1 ? variables[name] : variables;
      return {
        title: `${file.replace(/\.graphql$/, '')} ${name}`,
        file,
        name,
        kind: operation.operation,
        document,
        variables: (own ?? {}) as Record<string, unknown>,
      };
    });
  });
}
