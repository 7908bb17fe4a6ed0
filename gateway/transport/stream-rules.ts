import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type DocumentTrust, documentNotFound, hasDocumentId } from '../documents/document-trust.ts';
import { shownError } from '../errors.ts';
import type { LiveError, LiveSink } from '../live/live-event.ts';
import type { LiveMember } from '../live/live-member.ts';
import type { Caller, Operation } from '../request-pipeline.ts';
import type { AdmissionRules } from './admit-request.ts';
import { toClientError } from './client-errors.ts';
import type { RunOperation } from './gateway-adapter.ts';
import type { OpenStreams } from './open-streams.ts';
import type { OperationReader, ReadOperation } from './read-operation.ts';
import type { RequestLimits } from './request-limits.ts';

export type OpenLive = (operation: Operation, resumeFrom: string | undefined, sink: LiveSink) => Promise<LiveMember>;

/** What the transports that carry streams share. */
export interface StreamRules extends AdmissionRules {
  readonly read: OperationReader;
  readonly trust: DocumentTrust;
  readonly run: RunOperation;
  readonly openLive: OpenLive;
  /** Coordinates of what the caller may not see of an operation. */
  readonly listRefusals: (operation: Operation) => readonly string[];
  readonly streams: OpenStreams;
  readonly allowedOrigins: readonly string[];
}

/** An operation of a stream's client, with who sent it. */
export interface SentOperation {
  readonly query: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly bytes: number;
  readonly isReadOnly: boolean;
  readonly principal: Caller['principal'];
  readonly address: string;
  readonly limits: RequestLimits;
  readonly headers: IncomingHttpHeaders;
  readonly signal: AbortSignal;
}

/** A stream's operation, checked and read; its errors are for the client already. */
export type Admitted =
  | { readonly operation: Operation; readonly type: ReadOperation['type'] }
  | { readonly errors: readonly LiveError[] };

/** Limits → parse → validate: the same verdicts as a POST gets. */
export async function admitOperation(sent: SentOperation, rules: StreamRules): Promise<Admitted> {
  const requestId = randomUUID();
  const observation = rules.observer.begin(sent.headers, requestId);
  const name = typeof sent.operationName === 'string' ? sent.operationName : undefined;
  try {
    const query = findText(sent, rules.trust);
    const variables = isObject(sent.variables) ? sent.variables : {};
    const { bytes: bodyBytes, isReadOnly, limits, principal, address, signal } = sent;
    // A stream's GET may carry a subscription, which a GET of the usual kind may not: what it is shows below.
    rules.guard({ bodyBytes, isReadOnly: false, document: query, variables }, limits);
    const read = await rules.read(rules.schemaFor(principal), query, name, { principal, signal });
    if ('errors' in read) {
      if (principal.contract !== undefined && hasDocumentId(sent)) throw documentNotFound();
      const errors = read.errors.map((error) => toLiveError(error, requestId));
      observation.refused(undefined, String(errors[0]?.extensions.code));
      return { errors };
    }
    const { type, ...rest } = read;
    if (isReadOnly && type === 'mutation') throw shownError('METHOD_NOT_ALLOWED', 'A GET carries no mutation.');
    observation.operation(type, name ?? null);
    observation.answered(0, true, []);
    const headers = { ...observation.headers, 'x-request-id': requestId, ...principal.headers };
    return {
      type,
      operation: {
        ...rest,
        documentText: query,
        operationName: name,
        variables,
        caller: { principal, address, requestId, signal, headers },
      },
    };
  } catch (error) {
    observation.refused(error);
    return { errors: [toLiveError(error, requestId)] };
  } finally {
    observation.end(true);
  }
}

function findText(sent: SentOperation, trust: DocumentTrust): string {
  let text: string | undefined;
  try {
    text = trust.find(sent);
  } finally {
    trust.count(text);
  }
  return text ?? '';
}

/** What a client may know of an error. */
export function toLiveError(error: unknown, requestId: string): GraphQLFormattedError & LiveError {
  const known = error instanceof GraphQLError ? error.toJSON() : {};
  const shown = toClientError(error, known).error;
  return { ...shown, extensions: { ...shown.extensions, requestId } };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
