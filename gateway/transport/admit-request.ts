import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { Cancellation, type EndSignal } from '../basics/cancellation.ts';
import { createDeadlines, type Deadlines } from '../basics/deadlines.ts';
import { type GatewayError, shownError } from '../errors.ts';
import type { IdentifyFrom } from '../identity/limit-attempts.ts';
import type { Leave } from '../overload/overload.ts';
import type { Caller } from '../request-pipeline.ts';
import type { AuditLog } from '../telemetry/audit-log.ts';
import type { OperationObservation, OperationObserver } from '../telemetry/observe-operations.ts';
import { checkProofPlace } from './check-proof-place.ts';
import type { ClientAddress } from './client-address.ts';
import { checkHttpRequest } from './http-rules.ts';
import type { OperationPlaces } from './operation-places.ts';
import type { RequestGuard } from './request-guard.ts';
import type { RequestLimits } from './request-limits.ts';
import { isWhole } from './when-whole.ts';

type Principal = Caller['principal'];

export interface AdmissionRules {
  /** Verifies who is calling. Throws UNAUTHENTICATED for a bad proof, RATE_LIMITED after too many; no proof is the anonymous caller. */
  readonly identify: IdentifyFrom;
  readonly addressOf: ClientAddress;
  readonly limitsOf: (principal: Principal) => RequestLimits;
  /** The schema in service, as this caller sees it. */
  readonly schemaFor: (principal: Principal) => GraphQLSchema;
  readonly guard: RequestGuard;
  readonly observer: OperationObserver;
  readonly audit: Pick<AuditLog, 'refusedProof'>;
  readonly operationDeadlineMs: number;
  readonly places: OperationPlaces;
}

/** A request that was let in: who sent it, and what watches it. */
export interface Admission {
  readonly caller: Caller;
  /** What its document is read by. */
  readonly schema: GraphQLSchema;
  /** Its document is not in the request, but named there: known when the body is read. */
  isNamedById: boolean;
  readonly limits: RequestLimits;
  readonly observation: OperationObservation;
  /**
   * Takes its place, once its body is here; undefined when it has one. Whoever sends a body for as long as that is allowed holds nobody up.
   * Rejects with OVERLOADED, or with the signal's reason.
   */
  readonly enter: (() => Promise<void>) | undefined;
}

export interface SentRequest {
  readonly bodyBytes: number;
  readonly isReadOnly: boolean;
  readonly document: unknown;
  readonly variables: unknown;
}

/** Lets requests in, or not. */
export interface Admitter {
  /** Before the body: method, media types, identity, announced size, and a place for what is here whole. Throws a shown GatewayError. */
  admit(request: IncomingMessage, requestId: string, response: ServerResponse): Promise<Admission>;
  /** With the body: the limits of the caller, the same on every transport. Throws a shown GatewayError. */
  check(admission: Admission, request: SentRequest): void;
}

export function createAdmitter(rules: AdmissionRules): Admitter {
  const deadlines = createDeadlines(rules.operationDeadlineMs, () => performance.now());
  return {
    async admit(request, requestId, response) {
      if (response.destroyed) throw clientLeft(); // its end has been told, and nothing would give its place back
      const observation = rules.observer.begin(request.headers, requestId);
      let leave: Leave | undefined;
      let isOver = false;
      const giveBack = (): void => {
        isOver = true;
        leave?.();
      };
      // At its deadline an operation ends, however long its client takes to read what it was answered.
      const signal = watchEnd(response, deadlines, giveBack, (wasSent) => {
        giveBack();
        observation.end(wasSent);
      });
      try {
        checkHttpRequest(request.method ?? '', request.headers);
        const enter = async (): Promise<void> => {
          const place = rules.places.forRequest(request, signal);
          leave = typeof place === 'function' ? place : await place;
          if (isOver) leave();
        };
        const isHere = isWhole(request);
        if (isHere) await enter();
        checkProofPlace(request);
        const address = rules.addressOf(request);
        const principal = await rules.identify(request.headers, address);
        const limits = rules.limitsOf(principal);
        refuseLargeBody(request.headers, limits);
        const headers = { ...observation.headers, 'x-request-id': requestId, ...principal.headers };
        const schema = rules.schemaFor(principal);
        return {
          caller: { principal, address, requestId, signal, headers },
          schema,
          isNamedById: false,
          limits,
          observation,
          enter: isHere ? undefined : enter,
        };
      } catch (error) {
        observation.refused(error);
        rules.audit.refusedProof(error, requestId);
        throw error;
      }
    },
    check({ limits }, { document, ...sent }) {
      rules.guard({ ...sent, document: typeof document === 'string' ? document : '' }, limits);
    },
  };
}

/** The end at the deadline, or when the client leaves before its answer; everything below is cancelled by it. */
function watchEnd(
  response: ServerResponse,
  deadlines: Deadlines,
  onLate: () => void,
  onEnd: (wasSent: boolean) => void,
): EndSignal {
  const end = new Cancellation();
  const endDeadline = deadlines.start(() => {
    end.cancel(shownError('DEADLINE_EXCEEDED', 'The operation took too long.'));
    onLate();
  });
  response.once('close', () => {
    endDeadline();
    onEnd(response.writableFinished);
    if (!response.writableFinished) end.cancel(clientLeft());
  });
  return end;
}

function clientLeft(): GatewayError {
  return shownError('OPERATION_CANCELLED', 'The client left.');
}

function refuseLargeBody(headers: IncomingHttpHeaders, { bodyBytes }: RequestLimits): void {
  if (Number(headers['content-length'] ?? 0) > bodyBytes) {
    throw shownError('BODY_TOO_LARGE', `The request body has more than ${bodyBytes} bytes.`);
  }
}
