import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type * as Apollo from '@apollo/query-planner';
import { hiddenError } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createOverrideChooser } from './choose-overrides.ts';
import { type OverrideLabels, readOverrideLabels } from './override-labels.ts';
import type { PathSegment, PlanNode, RequiredSelection, Rewrite } from './plan-node.ts';
import type { OverrideChoice, Planner, PlanRequest } from './planner.ts';

/** What the process is asked and what it answers; plans travel as structured clones. */
export interface ApolloPlanRequest {
  readonly id: number;
  readonly operation: string;
  readonly operationName: string | undefined;
  readonly overrideConditions: ReadonlyMap<string, boolean>;
}
export type ApolloPlanAnswer =
  | { readonly id: number; readonly plan: Apollo.QueryPlan }
  | { readonly id: number; readonly failure: string };

interface Waiting {
  readonly resolve: (plan: Apollo.QueryPlan) => void;
  readonly reject: (reason: unknown) => void;
}

const maxWaitingPlans = 1000;
// A @requires on an @interfaceObject was seen to fill 4 GB within 20 s. In a worker thread that ended the whole gateway.
const maxHeapMb = 512;

/**
 * Apollo's planner in a process of its own, started with the first question: it plans synchronously (10–15 ms for a deep
 * query, seconds for a hostile one) and cannot be interrupted. When a deadline passes, the process is replaced and what
 * else it had is asked again.
 */
export function createApolloPlanner(supergraph: Supergraph): Planner {
  const labels = readOverrideLabels(supergraph.sdl);
  const waiting = new Map<number, Waiting & { readonly request: ApolloPlanRequest }>();
  let child: ChildProcess | undefined;
  let nextId = 1;

  function ask(request: ApolloPlanRequest): void {
    child ??= startProcess();
    // While somebody waits, the event loop must not end.
    child.channel?.ref();
    child.send(request);
  }

  function startProcess(): ChildProcess {
    const started = fork(new URL('./apollo-planner-process.ts', import.meta.url), {
      execArgv: [`--max-old-space-size=${maxHeapMb}`],
      serialization: 'advanced',
      // What the planner prints when it dies of memory is not a log line of ours.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.unref();
    started.channel?.unref();
    started.on('message', (answer: ApolloPlanAnswer) => {
      const waiter = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.channel?.unref();
      if (waiter === undefined) return;
      if ('plan' in answer) waiter.resolve(answer.plan);
      else waiter.reject(new Error(answer.failure));
    });
    started.on('error', () => started.kill('SIGKILL'));
    started.on('exit', (code, signal) => {
      if (child !== started) return;
      child = undefined;
      failFirst(new Error(`The planner's process ended with ${signal ?? code}.`));
    });
    started.send(supergraph.sdl);
    return started;
  }

  /** The oldest question is the one that the process died of; the others are asked again. */
  function failFirst(reason: Error): void {
    const [first] = waiting.keys();
    if (first === undefined) return;
    const waiter = waiting.get(first);
    waiting.delete(first);
    waiter?.reject(reason);
    for (const { request } of waiting.values()) ask(request);
  }

  function replaceProcess(): void {
    const old = child;
    child = undefined;
    old?.kill('SIGKILL');
    for (const { request } of waiting.values()) ask(request);
  }

  async function planOne(request: PlanRequest): Promise<PlanNode | undefined> {
    const { operation, operationName, overrides, signal } = request;
    signal.throwIfAborted();
    if (waiting.size >= maxWaitingPlans) throw hiddenError(`More than ${maxWaitingPlans} operations wait for a plan.`);
    const id = nextId++;
    const asked = { id, operation, operationName, overrideConditions: overrideConditions(labels, overrides) };
    const { promise, resolve, reject } = Promise.withResolvers<Apollo.QueryPlan>();
    const onAbort = () => {
      waiting.delete(id);
      replaceProcess();
      reject(signal.reason);
    };
    waiting.set(id, { resolve, reject, request: asked });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      ask(asked);
      const plan = await promise;
      return plan.node ? toPlanNode(plan.node) : undefined;
    } catch (cause) {
      signal.throwIfAborted();
      throw hiddenError('The query planner refused the operation.', { cause });
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  return {
    kind: 'apollo',
    chooseOverrides: createOverrideChooser(labels.percentages, labels.custom),
    plan: planOne,
    async close() {
      for (const waiter of waiting.values()) waiter.reject(new Error('The planner was closed.'));
      waiting.clear();
      const old = child;
      child = undefined;
      if (old === undefined || old.exitCode !== null) return;
      const exited = once(old, 'exit');
      old.kill('SIGKILL');
      await exited;
    },
  };
}

function overrideConditions(labels: OverrideLabels, choice: OverrideChoice): ReadonlyMap<string, boolean> {
  const conditions = new Map<string, boolean>();
  for (const label of labels.custom) conditions.set(label, choice.activeLabels.has(label));
  for (const percentage of labels.percentages) conditions.set(`percent(${percentage})`, choice.percentage < percentage);
  return conditions;
}

function toPlanNode(node: Apollo.PlanNode | Apollo.SubscriptionNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'Sequence', nodes: node.nodes.map(toPlanNode) };
    case 'Parallel':
      return { kind: 'Parallel', nodes: node.nodes.map(toPlanNode) };
    case 'Flatten':
      return { kind: 'Flatten', path: node.path.map(toPathSegment), node: toPlanNode(node.node) };
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifClause: node.ifClause ? toPlanNode(node.ifClause) : undefined,
        elseClause: node.elseClause ? toPlanNode(node.elseClause) : undefined,
      };
    case 'Subscription': {
      const primary = toPlanNode(node.primary);
      if (primary.kind !== 'Fetch') throw new TypeError('A subscription begins with a fetch.');
      const subscription: PlanNode = { kind: 'Subscription', primary };
      return node.rest ? { kind: 'Sequence', nodes: [subscription, toPlanNode(node.rest)] } : subscription;
    }
    case 'Fetch':
      return {
        kind: 'Fetch',
        serviceName: node.serviceName,
        operationKind: node.operationKind,
        operation: node.operation,
        operationName: node.operationName,
        variableUsages: node.variableUsages ?? [],
        requires: node.requires ? node.requires.map(toRequired) : undefined,
        inputRewrites: (node.inputRewrites ?? []).map(toRewrite),
        outputRewrites: (node.outputRewrites ?? []).map(toRewrite),
      };
    case 'Defer':
      throw new TypeError('Deferred plans are not asked for.');
    default:
      return node satisfies never;
  }
}

function toPathSegment(segment: string | number): PathSegment {
  return segment === '@' ? { kind: 'list' } : { kind: 'field', key: String(segment) };
}

function toRequired(selection: Apollo.QueryPlanSelectionNode): RequiredSelection {
  if (selection.kind === 'InlineFragment') {
    return {
      kind: 'fragment',
      typeCondition: selection.typeCondition,
      selections: selection.selections.map(toRequired),
    };
  }
  return {
    kind: 'field',
    name: selection.name,
    responseKey: selection.alias ?? selection.name,
    selections: selection.selections?.map(toRequired),
  };
}

function toRewrite(rewrite: Apollo.FetchDataRewrite): Rewrite {
  const path = rewrite.path.map(toRewriteSegment);
  return rewrite.kind === 'KeyRenamer'
    ? { kind: 'rename', path, to: rewrite.renameKeyTo }
    : { kind: 'set', path, value: rewrite.setValueTo };
}

function toRewriteSegment(segment: string): PathSegment {
  const typeCondition = '... on ';
  return segment.startsWith(typeCondition)
    ? { kind: 'types', typeNames: [segment.slice(typeCondition.length)] }
    : { kind: 'field', key: segment };
}
