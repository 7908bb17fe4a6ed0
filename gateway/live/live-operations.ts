import { type DocumentNode, visit } from 'graphql';
import { shownError } from '../errors.ts';
import type { LiveSink } from './live-event.ts';
import type { LiveMember } from './live-member.ts';
import { LiveOperation } from './live-operation.ts';
import type { LiveObserver, LivePlan, LiveSettings } from './live-plan.ts';
import type { PrimaryFetch } from './primary-fetch.ts';

/** A subscription as it comes from a client, validated. */
export interface LiveRequest {
  readonly document: DocumentNode;
  readonly documentHash: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Who may see the same: this caller, and all callers with the same rights. */
  readonly audience: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly role: { readonly audience: string; readonly headers: Readonly<Record<string, string>> };
  readonly requestId: string;
  /** A cursor that the transport knows better than the variables: `Last-Event-ID`. */
  readonly resumeFrom: string | undefined;
  /** The plan on the supergraph of now, and again on each later one. Throws what is wrong with the operation there. */
  readonly prepare: () => Promise<LivePlan>;
}

/** All live operations of a gateway: equal ones of one audience are one. */
export interface LiveOperations {
  readonly statistics: {
    readonly operations: number;
    readonly members: number;
    readonly upstreams: number;
    readonly ringBytes: number;
    /** Of the live operation that has been quiet for longest; 0 without any. A feed has a heartbeat every few seconds. */
    readonly newestEventAgeMs: number;
  };
  /** Joins or begins a live operation. Throws BAD_USER_INPUT, OVERLOADED, or what is wrong with the document. */
  open(request: LiveRequest, sink: LiveSink): Promise<LiveMember>;
  /** Another supergraph is in service: every operation is planned anew and goes on in place. */
  replanAll(): Promise<void>;
  /** Ends every upstream. The clients are the transports' to tell. */
  close(): Promise<void>;
}

/** Operations planned anew at the same time: requests want the planner too. */
const replannedAtOnce = 4;

export function createLiveOperations(settings: LiveSettings, observer: LiveObserver): LiveOperations {
  const shared = new Map<string, LiveOperation>();
  const all = new Set<LiveOperation>();
  const budget = { bytes: 0, maxBytes: settings.totalRingBytes };
  let isClosed = false;
  let unshared = 0;

  const count = (of: (operation: LiveOperation) => number): number => {
    let sum = 0;
    for (const operation of all) sum += of(operation);
    return sum;
  };
  const newestEventAgeMs = (): number => {
    const now = performance.now();
    let age = 0;
    for (const { newestAt = now } of all) age = Math.max(age, now - newestAt);
    return age;
  };
  const hasRoom = (): boolean => count(({ upstreams }) => upstreams) < settings.maxUpstreams;

  function create(key: string, plan: LivePlan, request: LiveRequest): LiveOperation {
    const operation: LiveOperation = new LiveOperation(plan, {
      settings,
      observer,
      budget,
      hasRoom,
      prepare: request.prepare,
      caller: {
        variables: request.variables,
        ...askerOf(plan, request),
        requestId: request.requestId,
      },
      onIdle: () => {
        all.delete(operation);
        if (shared.get(key) === operation) shared.delete(key);
      },
    });
    shared.set(key, operation);
    all.add(operation);
    return operation;
  }

  return {
    get statistics() {
      return {
        operations: all.size,
        members: count(({ members }) => members),
        upstreams: count(({ upstreams }) => upstreams),
        ringBytes: budget.bytes,
        newestEventAgeMs: newestEventAgeMs(),
      };
    },
    async open(request, sink) {
      const plan = await request.prepare();
      let isKept = false;
      try {
        if (isClosed) throw shownError('SHUTTING_DOWN', 'The gateway is closing.');
        const coerced = plan.plan.coerceVariables(request.variables);
        if ('problems' in coerced) throw shownError('BAD_USER_INPUT', coerced.problems.join(' ').slice(0, 500));
        const { primary } = plan;
        const cursor = request.resumeFrom ?? primary.startCursor(coerced.values);
        const values = [...coerced.values].filter(([name]) => name !== onlyResumes(request.document, primary));
        const { documentHash, operationName = null } = request;
        const { audience } = askerOf(plan, request);
        const key =
          primary.feed === undefined
            ? `#${unshared++}`
            : JSON.stringify([documentHash, operationName, audience, plan.plan.access, values]);
        const known = shared.get(key);
        if (known === undefined && !hasRoom())
          throw shownError('OVERLOADED', 'Too many live operations; try again later.');
        isKept = known === undefined;
        const operation = known ?? create(key, plan, request);
        const member = operation.attach(sink, primary.feed === undefined ? undefined : cursor, request.requestId);
        // A swap between its planning and now did not know of it.
        if (known === undefined && !plan.isCurrent()) void operation.replan();
        return member;
      } finally {
        if (!isKept) plan.release();
      }
    },
    async replanAll() {
      const waiting = [...all];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next.replan();
      };
      await Promise.all(Array.from({ length: replannedAtOnce }, work));
    },
    async close() {
      isClosed = true;
      await Promise.all([...all].map((operation) => operation.close()));
    },
  };
}

/** In whose name a live operation asks its subgraphs, and with whom it is shared: what everybody may see is asked for in nobody's name. */
function askerOf({ primary }: LivePlan, request: LiveRequest): Pick<LiveRequest, 'audience' | 'headers'> {
  const audience = primary.feed?.audience ?? 'PERSON';
  switch (audience) {
    case 'EVERYBODY':
      return { audience: 'everybody', headers: { 'x-request-id': request.requestId } };
    case 'ROLE':
      return { audience: request.role.audience, headers: { ...request.headers, ...request.role.headers } };
    case 'PERSON':
      return { audience: request.audience, headers: request.headers };
    default:
      return audience satisfies never;
  }
}

/** The variable that only says where to begin: it tells no two live operations apart, unless it is used for something else too. */
function onlyResumes(document: DocumentNode, { resumeVariable }: PrimaryFetch): string | undefined {
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      if (node.name.value === resumeVariable) uses++;
    },
  });
  return uses === 1 ? resumeVariable : undefined;
}
