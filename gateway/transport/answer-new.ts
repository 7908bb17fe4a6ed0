import { hash } from 'node:crypto';
import { getOperationAST } from 'graphql';
import { toAbortSignal } from '../basics/cancellation.ts';
import type { Admission } from './admit-request.ts';
import type { Once, PlainRequest } from './answer-known.ts';
import type { GraphqlContext } from './apollo-server.ts';
import { toApolloError } from './client-errors.ts';
import type { DocumentReader } from './document-reader.ts';
import type { KnownOperation } from './known-operations.ts';

/** An operation to be run as if it were known. */
export interface NewOperation {
  readonly operation: KnownOperation;
  readonly once: Once;
}

/**
 * Reads an operation that nobody has sent before, so that it is answered like one that was: one visit to the planning thread reads and plans it,
 * and Apollo Server would add nothing but its 0.1 ms. What is not valid, or not to be run here, gives what reading found, for Apollo Server.
 * Rejects when the client has left or waited too long.
 */
export async function readNew(
  { text, operationName }: PlainRequest,
  { caller: { principal, signal }, schema }: Admission,
  documents: DocumentReader,
): Promise<NewOperation | { readonly read: NonNullable<GraphqlContext['read']> }> {
  const documentHash = hash('sha256', text);
  const read = await documents
    .read(schema, text, documentHash, toAbortSignal(signal), { asker: { operationName, principal }, mayBeCommon: true })
    .catch((error: unknown) => {
      signal.throwIfAborted();
      return [toApolloError(error)];
    });
  const { contract } = principal;
  if ('document' in read && read.form !== undefined) {
    const { document, ahead, form } = read;
    const isPassing = documents.find(schema, form.hash) === undefined;
    const operation = { schema, contract, document, documentHash: form.hash, type: 'query', operationName: undefined };
    return { operation, once: { isPassing, ahead, form } };
  }
  const chosen = 'document' in read ? getOperationAST(read.document, operationName) : undefined;
  if (!('document' in read) || !chosen || chosen.operation === 'subscription') return { read };
  const { document, ahead } = read;
  const named = { type: chosen.operation, operationName: chosen.name?.value };
  const isPassing = documents.find(schema, documentHash) === undefined;
  return { operation: { schema, contract, document, documentHash, ...named }, once: { isPassing, ahead } };
}
