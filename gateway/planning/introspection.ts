import { type DocumentNode, executeSync, type GraphQLSchema, Kind } from 'graphql';
import { hiddenError } from '../errors.ts';
import type { VariableValues } from './compile-variables.ts';

const nothing: ReadonlyMap<string, string> = new Map();

/**
 * Answers `__schema` and `__type` from the API schema by graphql-js. Without variables the answer cannot change and is
 * made once, on first use (a full introspection of a large schema takes some 10 ms and 200 KB).
 */
export function compileIntrospection(
  apiSchema: GraphQLSchema,
  document: DocumentNode | undefined,
): (variables: VariableValues) => ReadonlyMap<string, string> {
  if (document === undefined) return () => nothing;
  const hasVariables = document.definitions.some(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && (definition.variableDefinitions ?? []).length > 0,
  );
  if (hasVariables) return (variables) => introspect(apiSchema, document, variables);
  let known: ReadonlyMap<string, string> | undefined;
  return (variables) => {
    known ??= introspect(apiSchema, document, variables);
    return known;
  };
}

function introspect(apiSchema: GraphQLSchema, document: DocumentNode, variables: VariableValues): Map<string, string> {
  const { data, errors } = executeSync({ schema: apiSchema, document, variableValues: Object.fromEntries(variables) });
  if (errors?.length || !data) throw hiddenError('Introspection failed.', { cause: errors?.[0] });
  return new Map(Object.entries(data).map(([key, value]) => [key, JSON.stringify(value)]));
}
