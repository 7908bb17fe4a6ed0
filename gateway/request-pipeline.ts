/**
 * READ FIRST: the life of an operation, one named call a line.
 *
 *   transport    request id → method and media type → identity → limits            (transport/admit-request.ts)
 *   transport    parse → validate, remembered by document                          (transport/document-reader.ts)
 *   Apollo       the operation that is meant, the form of the answer               (transport/apollo-server.ts)
 *   here         lease the supergraph → cost → plan, remembered → execute → written once  (runOperation)
 *   transport    status → headers → body, as it was written
 *
 * A subscription goes the same way to its plan, and then into gateway/live (live-pipeline.ts).
 */
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { EndSignal } from './basics/cancellation.ts';
import type { DemandControl } from './cost/demand-control.ts';
import { GatewayError, shownError } from './errors.ts';
import type { GraphqlResponse } from './execution/execute-plan.ts';
import type { SharedExecutions } from './execution/share-executions.ts';
import { anonymousKind, type Principal } from './identity/principal.ts';
import { accessKeyFor, type Policy } from './planning/access-key.ts';
import type { CommonForm } from './planning/common-form.ts';
import type { ExecutablePlan } from './planning/executable-plan.ts';
import { type DocumentVerdict, judgeDocument } from './planning/judge-document.ts';
import { accessOf as decideAccess } from './planning/operation-access.ts';
import type { PlanCache, PlanKey } from './planning/plan-cache.ts';
import { planOperation } from './planning/plan-operation.ts';
import type { PlannedPart } from './planning/plan-parts.ts';
import type { OverrideChoice, Planner } from './planning/planner.ts';
import type { PlanningThread } from './planning/planning-thread.ts';
import { takeOperation } from './planning/split-operation.ts';
import type { SubgraphClients } from './subgraph-client/subgraph-client.ts';
import { type Supergraph, viewFor } from './supergraph/supergraph.ts';
import type { Engine, Loaded, SupergraphHolder } from './supergraph/supergraph-holder.ts';

export { type CommonForm, readLiteral } from './planning/common-form.ts';
export type { DocumentVerdict } from './planning/judge-document.ts';

/** What serves one supergraph. */
export interface GatewayEngine extends Engine {
  readonly planner: Planner;
  readonly clients: SubgraphClients;
}

/** Who sent a request, and how long it may take. Made by a transport when it admits the request. */
export interface Caller {
  readonly principal: Principal;
  /** Where the request comes from, past trusted proxies. */
  readonly address: string;
  readonly requestId: string;
  /** Aborts when the client leaves or the operation's deadline passes, with a GatewayError as its reason. */
  readonly signal: EndSignal;
  /** Sent to every subgraph: request id, trace, what the principal adds. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A parsed and validated operation. */
export interface Operation {
  /** What its caller sees, and it was validated against: chooses the supergraph it runs on, whatever was swapped since. */
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly documentText: string;
  /** sha256 of the document's text. */
  readonly documentHash: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** Its document is not kept, so that its plan is not kept either. */
  readonly isPassing?: boolean;
  /** Its plan, made while its document was read. */
  readonly ahead?: PlannedAhead | undefined;
  /** The document is the client's in its common form: what the client calls the operation, and its aliases. The variables are all that the form has. */
  readonly form?: Pick<CommonForm, 'operationName' | 'aliases'> | undefined;
}

/** Who sent a document, and which of its operations is meant: what a plan depends on besides the text. */
export interface Asker {
  readonly operationName: string | undefined;
  readonly principal: Principal;
  /** The document will not be kept: its common form will do, whose plan others have too. */
  readonly isCommon?: boolean;
}

/** What planning an operation of one document gave, and what it depends on. */
export interface PlannedAhead {
  /** As the asker sees it. */
  readonly supergraph: Supergraph;
  readonly access: string;
  readonly overrides: OverrideChoice;
  readonly parts: readonly PlannedPart[];
  readonly durationMs: number;
}

/** With a common form it is the form's plan. */
export type JudgedDocument = DocumentVerdict & {
  readonly ahead?: PlannedAhead | undefined;
  readonly form?: CommonForm | undefined;
};

export interface PipelineParts {
  readonly supergraphs: SupergraphHolder<GatewayEngine>;
  readonly plans: PlanCache;
  readonly thread: PlanningThread;
  readonly sharing: boolean;
  readonly executions: SharedExecutions;
  readonly planningDeadlineMs: number;
  readonly demand: DemandControl;
  /** What @policy may name. */
  readonly policies: Readonly<Record<string, Policy>>;
  /** An operation that asks for anything its caller may not see is refused as a whole. */
  readonly isAllOrNothing: boolean;
  /** Told about every operation that asks for what its caller may not see; without coordinates when it is refused as a whole. */
  readonly onRefused: (operation: Operation, refusals: readonly string[]) => void;
  /** Told about every mutation that a caller with a proof has run; `errorCodes` are those of its answer. */
  readonly onChanged: (operation: Operation, errorCodes: readonly string[]) => void;
  /** Told about every planning, not about hits. */
  readonly onPlanned: (durationMs: number, isPlanned: boolean) => void;
}

/** Runs a validated operation. Throws GatewayError when it fails whole; what fails below becomes errors in the response. */
export async function runOperation(operation: Operation, parts: PipelineParts): Promise<GraphqlResponse> {
  const lease = parts.supergraphs.lease(operation.schema);
  try {
    const charge = await parts.demand.charge(operation, viewFor(lease.supergraph, operation.caller.principal.contract));
    const plan = await findPlan(operation, lease, parts);
    if (plan.refusals.length > 0) parts.onRefused(operation, plan.refusals);
    const { signal, requestId, principal, headers } = operation.caller;
    const { audience } = principal;
    const { clients } = lease.engine;
    const context = {
      variables: operation.variables,
      clients,
      signal,
      requestId,
      audience,
      headers,
      sharing: parts.sharing,
      aliases: operation.form?.aliases,
      countCost: charge?.count,
    };
    const hold = () => parts.supergraphs.lease(operation.schema).release;
    const response = await parts.executions.execute(plan, context, hold);
    const isPrivileged = plan.operationKind === 'mutation' && principal.kind !== anonymousKind;
    if (isPrivileged && response.hasData) parts.onChanged(operation, response.errorCodes);
    return charge?.settle(response, requestId) ?? response;
  } catch (error) {
    if (isRefusal(error)) parts.onRefused(operation, []);
    throw error;
  } finally {
    lease.release();
  }
}

/** Makes the plan of an operation that nobody waits for yet. Throws GatewayError when it has none. */
export async function planAhead(operation: Operation, parts: PipelineParts): Promise<void> {
  const lease = parts.supergraphs.lease(operation.schema);
  try {
    await findPlan(operation, lease, parts);
  } finally {
    lease.release();
  }
}

/**
 * Whether a document fits an API schema: found out in the planning thread, so that the event loop is free for what is known. With an
 * asker the plan is made there too, in the same visit. Rejects with the signal's reason, with QUERY_TOO_COMPLEX at the planning deadline and with OVERLOADED.
 */
export async function judge(
  schema: GraphQLSchema,
  text: string,
  signal: AbortSignal,
  parts: PipelineParts,
  asker?: Asker,
): Promise<JudgedDocument> {
  const { supergraph, engine, release } = parts.supergraphs.lease(schema);
  try {
    const view = [supergraph, ...supergraph.contracts.values()].find(({ apiSchema }) => apiSchema === schema);
    if (view === undefined) return judgeDocument(schema, text);
    const isAskers = asker !== undefined && asker.principal.contract === view.contract;
    const wish = isAskers ? wishFor(asker, { supergraph: view, engine }, parts) : undefined;
    const judged = await planWithin(signal, parts.planningDeadlineMs, (within) =>
      parts.thread.judge(view, text, within, wish?.request),
    );
    if (judged === undefined) return judgeDocument(schema, text);
    const { planned, form } = judged;
    if (wish === undefined || planned === undefined) return judged;
    const { access, overrides } = wish;
    return { isValid: true, ahead: { supergraph: view, access, overrides, ...planned }, form };
  } finally {
    release();
  }
}

/** What the planning thread has to know to plan for somebody. */
function wishFor(
  { operationName, principal, isCommon = false }: Asker,
  { supergraph, engine }: Loaded<GatewayEngine>,
  parts: PipelineParts,
) {
  const { planner } = engine;
  const overrides = planner.chooseOverrides(Math.random());
  const access = accessOf(principal, supergraph, parts);
  const { activeLabels, percentage } = overrides;
  const { isAllOrNothing } = parts;
  const labels = [...activeLabels];
  const plan = { planner: planner.kind, activeLabels: labels, percentage };
  return { access, overrides, request: { operationName, access, isAllOrNothing, isCommon, ...plan } };
}

/** Nothing of the operation may be seen, or too little where it is all or nothing. */
export function isRefusal(error: unknown): boolean {
  return error instanceof GatewayError && (error.code === 'FORBIDDEN' || error.code === 'UNAUTHENTICATED');
}

/** What a caller may see here, as far as plans go; empty, without a look at the caller, for a graph that hides nothing. */
function accessOf(principal: Principal, supergraph: Supergraph, { policies }: PipelineParts): string {
  return accessKeyFor(principal, principal.kind !== anonymousKind, supergraph, policies);
}

/**
 * Coordinates of the fields of an operation that its caller may not see on the supergraph in service. Throws FORBIDDEN or UNAUTHENTICATED when
 * it is nothing at all. Nothing is planned for it.
 */
export function listRefusals({ document, operationName, caller }: Operation, parts: PipelineParts): readonly string[] {
  const supergraph = viewFor(parts.supergraphs.current.supergraph, caller.principal.contract);
  const access = accessOf(caller.principal, supergraph, parts);
  const { isAllOrNothing } = parts;
  return decideAccess(takeOperation(document, operationName), { supergraph, access, isAllOrNothing }).refusals;
}

/** The operation's plan, remembered or made now; equal operations that arrive together are planned once. */
export function findPlan(
  operation: Operation,
  loaded: Loaded<GatewayEngine>,
  parts: PipelineParts,
): Promise<ExecutablePlan> {
  const { engine } = loaded;
  const supergraph = viewFor(loaded.supergraph, operation.caller.principal.contract);
  const access = accessOf(operation.caller.principal, supergraph, parts);
  const isUsable = operation.ahead?.supergraph === supergraph && operation.ahead.access === access;
  const ahead = isUsable ? operation.ahead : undefined;
  const overrides = ahead?.overrides ?? engine.planner.chooseOverrides(Math.random());
  const key = planKey(operation, supergraph, overrides, access);
  const isAllOrNothing = parts.isAllOrNothing;
  const source = operation.isPassing === true ? undefined : operation.documentText;
  return parts.plans.plan(key, source, operation.caller.signal, async (signal) => {
    const { document, operationName } = operation;
    const startedAt = performance.now();
    let isPlanned = false;
    try {
      const plan = await planWithin(signal, parts.planningDeadlineMs, (within) =>
        planOperation({
          supergraph,
          planner: engine.planner,
          document,
          operationName,
          overrides,
          access,
          isAllOrNothing,
          ahead: ahead?.parts,
          signal: within,
        }),
      );
      isPlanned = true;
      return plan;
    } finally {
      parts.onPlanned(performance.now() - startedAt + (ahead?.durationMs ?? 0), isPlanned);
    }
  });
}

/**
 * What a plan depends on. Callers who may see the same fields have the same plans: of who is calling only `access` is in the key, and nothing
 * where the graph hides nothing.
 */
export function planKey(
  operation: { readonly documentHash: string; readonly operationName: string | undefined },
  supergraph: Supergraph,
  overrides: OverrideChoice,
  access: string,
): PlanKey {
  const { documentHash, operationName } = operation;
  return { documentHash, operationName, supergraphId: supergraph.id, audience: access, overrides: overrides.key };
}

/** Gives planning up with its callers, or at its own deadline: a document made to be hard to plan is refused. */
export async function planWithin<Result>(
  callers: AbortSignal | undefined,
  deadlineMs: number,
  plan: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const onLeave = (): void => controller.abort(callers?.reason);
  const timer = setTimeout(() => {
    controller.abort(shownError('QUERY_TOO_COMPLEX', 'The operation takes too long to plan.'));
  }, deadlineMs);
  callers?.addEventListener('abort', onLeave, { once: true });
  try {
    callers?.throwIfAborted();
    return await plan(controller.signal);
  } finally {
    clearTimeout(timer);
    callers?.removeEventListener('abort', onLeave);
  }
}
