import { type GraphQLSchema, type OperationTypeNode, parse, validate } from 'graphql';
import type { OperationTree } from './operation-arbitrary.ts';
import { type PrintedOperation, printOperation } from './print-operation.ts';

/** Prints a random operation so that it is valid: as it is, or with an alias for every field when its fields conflict. */
export function toValid(schema: GraphQLSchema, tree: OperationTree): PrintedOperation | undefined {
  const rootType = schema.getRootType(tree.kind as OperationTypeNode)?.name ?? '';
  for (const hasUniqueAliases of [false, true]) {
    const printed = printOperation(tree, rootType, hasUniqueAliases);
    if (validate(schema, parse(printed.document)).length === 0) return printed;
  }
  return undefined;
}
