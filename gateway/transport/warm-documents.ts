import { createHash } from 'node:crypto';
import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { Principal } from '../identity/principal.ts';
import type { Operation } from '../request-pipeline.ts';
import type { DocumentReader } from './document-reader.ts';
import type { KnownOperation, KnownOperations } from './known-operations.ts';

export interface WarmingParts {
  readonly documents: DocumentReader;
  readonly known: KnownOperations;
  /** Makes an operation's plan, to be remembered. */
  readonly plan: (operation: Operation) => Promise<void>;
  /** In whose names plans are made: one of each kind that sees another part of the graph. */
  readonly principals: readonly Principal[];
  readonly readSchema: (contract: string | undefined) => GraphQLSchema;
  readonly logger: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

/** More would push each other out of the caches: a document takes some 30 KB of them. */
const maxWarmed = 500;
/** Requests need the planning thread too. */
const atOnce = 2;

/**
 * Reads and plans known documents before they are asked for, so that the first to send one finds what the second would. One that does not fit
 * the schema is logged, and left to whoever sends it. Rejects with the signal's reason.
 */
export async function warmDocuments(texts: Iterable<string>, signal: AbortSignal, parts: WarmingParts): Promise<void> {
  const waiting = [...texts].slice(0, maxWarmed);
  if (waiting.length === 0) return;
  const startedAt = performance.now();
  const counts = { warmed: 0, broken: 0 };
  const work = async (): Promise<void> => {
    for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
      const isWarm = await warmDocument(text, signal, parts).catch(() => false);
      signal.throwIfAborted();
      if (isWarm) counts.warmed++;
      else counts.broken++;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const durationMs = Math.round(performance.now() - startedAt);
  parts.logger.info({ ...counts, durationMs }, 'Known documents are warm');
}

/** For those who see the whole graph, and for the callers of each contract that it fits. */
async function warmDocument(text: string, signal: AbortSignal, parts: WarmingParts): Promise<boolean> {
  const documentHash = createHash('sha256').update(text).digest('hex');
  let isWhole = false;
  for (const [contract, principals] of Map.groupBy(parts.principals, (principal) => principal.contract)) {
    const schema = parts.readSchema(contract);
    const found = await parts.documents.read(schema, text, documentHash, signal, { isExpected: true });
    const isValid = 'document' in found;
    if (isValid)
      await warmFor(principals, { schema, contract, document: found.document, documentHash }, text, signal, parts);
    if (contract !== undefined) continue;
    isWhole = isValid;
    if (isValid) continue;
    const reason = found[0]?.message;
    parts.logger.warn({ document: documentHash, reason }, 'A known document does not fit the schema');
  }
  return isWhole;
}

async function warmFor(
  principals: readonly Principal[],
  read: Omit<KnownOperation, 'type' | 'operationName'>,
  text: string,
  signal: AbortSignal,
  parts: WarmingParts,
): Promise<void> {
  const operations = read.document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  for (const { operation: type, name } of operations) {
    const operationName = name?.value;
    for (const principal of principals) {
      const caller = { principal, address: '', requestId: 'warming', signal, headers: {} };
      const operation = { ...read, operationName, documentText: text, variables: {}, caller };
      // What a kind may not ask for at all has no plan.
      await parts.plan(operation).catch(() => signal.throwIfAborted());
    }
    if (type === 'subscription') continue;
    const known = { ...read, type, operationName };
    if (operationName !== undefined) parts.known.remember(text, operationName, known);
    if (operations.length === 1) parts.known.remember(text, undefined, known);
  }
}
