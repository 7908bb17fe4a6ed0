import type { Charge } from './cost/demand-control.ts';
import { shownError } from './errors.ts';
import type { LiveSink } from './live/live-event.ts';
import type { LiveMember } from './live/live-member.ts';
import type { LiveOperations } from './live/live-operations.ts';
import type { LivePlan } from './live/live-plan.ts';
import { toEnd } from './live/live-stream.ts';
import { meterSink } from './live/metered-sink.ts';
import { preparePrimary } from './live/primary-fetch.ts';
import { findPlan, isRefusal, judge, listRefusals, type Operation, type PipelineParts } from './request-pipeline.ts';
import { viewFor } from './supergraph/supergraph.ts';

export interface LiveParts extends PipelineParts {
  readonly live: LiveOperations;
}

/**
 * Joins a validated subscription to the live operations; `resumeFrom` is a cursor that wins over the one in the variables. Throws
 * GatewayError when it is refused; what ends it later is told to the sink.
 */
export async function openLiveOperation(
  operation: Operation,
  resumeFrom: string | undefined,
  sink: LiveSink,
  parts: LiveParts,
): Promise<LiveMember> {
  const { document, documentHash, operationName, variables, caller } = operation;
  const { principal, headers, requestId } = caller;
  reportRefusals(operation, parts);
  const charge = await chargeLive(operation, parts);
  const metered = charge && meterSink(sink, (stop) => charge.meter((reason) => stop(toEnd(reason, requestId))));
  const member = await parts.live.open(
    {
      document,
      documentHash,
      operationName,
      variables,
      audience: principal.audience,
      role: principal.role,
      headers,
      requestId,
      resumeFrom,
      prepare: () => planLive(operation, parts),
    },
    metered ?? sink,
  );
  metered?.onStop((end) => member.end(end));
  return member;
}

/** Opening one is paid for as one operation. */
async function chargeLive(operation: Operation, parts: LiveParts): Promise<Charge | undefined> {
  const lease = parts.supergraphs.lease(operation.schema);
  try {
    return await parts.demand.charge(operation, viewFor(lease.supergraph, operation.caller.principal.contract));
  } finally {
    lease.release();
  }
}

/** A live operation is reported once, when it is opened, and not with each of its events. */
function reportRefusals(operation: Operation, parts: LiveParts): void {
  try {
    const refusals = listRefusals(operation, parts);
    if (refusals.length > 0) parts.onRefused(operation, refusals);
  } catch (error) {
    if (isRefusal(error)) parts.onRefused(operation, []);
    throw error;
  }
}

/** A subscription's plan on the supergraph in service, at its opening and again after each swap. */
async function planLive(operation: Operation, parts: PipelineParts): Promise<LivePlan> {
  const lease = parts.supergraphs.lease();
  try {
    const { supergraph, engine } = lease;
    const { apiSchema } = viewFor(supergraph, operation.caller.principal.contract);
    if (apiSchema !== operation.schema) {
      const { isValid } = await judge(apiSchema, operation.documentText, new AbortController().signal, parts);
      if (!isValid) {
        throw shownError(
          'GRAPHQL_VALIDATION_FAILED',
          'The schema has changed, and this operation is not valid any more.',
        );
      }
    }
    // The live operation outlives the request that began it.
    const caller = { ...operation.caller, signal: new AbortController().signal };
    const plan = await findPlan({ ...operation, caller }, lease, parts);
    // graphql-js finds nothing wrong with `@skip(if: true)` on the root; with a variable it does.
    if (plan.subscription === undefined) {
      throw shownError(
        'GRAPHQL_VALIDATION_FAILED',
        'A subscription has one field, which @skip and @include may not take away.',
      );
    }
    const primary = preparePrimary(plan.subscription, supergraph, operation);
    const isCurrent = (): boolean => parts.supergraphs.current.supergraph === supergraph;
    const countCost = parts.demand.countOf(operation, viewFor(supergraph, operation.caller.principal.contract));
    return { plan, primary, clients: engine.clients, countCost, isCurrent, release: lease.release };
  } catch (error) {
    lease.release();
    throw error;
  }
}
