import { hash } from 'node:crypto';
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST, type OperationTypeNode } from 'graphql';
import type { Principal } from '../identity/principal.ts';
import type { PlannedAhead } from '../request-pipeline.ts';
import type { DocumentReader } from './document-reader.ts';

/** A document that was parsed and validated, and the operation in it that was chosen. For the last two see Operation. */
export interface ReadOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly documentHash: string;
  readonly type: OperationTypeNode;
  readonly isPassing: boolean;
  readonly ahead: PlannedAhead | undefined;
}

/** Reads operations for all that does not go through Apollo Server. Rejects as reading a document does. */
export type OperationReader = (
  schema: GraphQLSchema,
  text: string,
  operationName: string | undefined,
  caller: { readonly principal: Principal; readonly signal: AbortSignal },
) => Promise<ReadOperation | { readonly errors: readonly GraphQLError[] }>;

export function createOperationReader(documents: DocumentReader): OperationReader {
  return async (schema, text, operationName, { principal, signal }) => {
    const documentHash = hash('sha256', text);
    const read = await documents.read(schema, text, documentHash, signal, { asker: { operationName, principal } });
    if (!('document' in read)) return { errors: read };
    const { document, ahead } = read;
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const extensions = { code: 'OPERATION_RESOLUTION_FAILURE' };
      return {
        errors: [new GraphQLError('operationName does not choose one operation of the document.', { extensions })],
      };
    }
    const isPassing = documents.find(schema, documentHash) === undefined;
    return { schema, document, documentHash, type: operation.operation, isPassing, ahead };
  };
}
