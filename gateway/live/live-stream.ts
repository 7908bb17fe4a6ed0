import { setTimeout as wait } from 'node:timers/promises';
import { Cancellation } from '../basics/cancellation.ts';
import { createDeadlines, type Deadlines } from '../basics/deadlines.ts';
import { offAbort, onAbort } from '../basics/on-abort.ts';
import { GatewayError, hiddenError, shownError } from '../errors.ts';
import type { SubgraphError } from '../execution/ask-subgraph.ts';
import { executeEvent, type PrimaryResult, readPrimaryResult } from '../execution/execute-event.ts';
import { isJsonObject, type JsonObject, readOwn } from '../planning/json.ts';
import type { SubgraphClient } from '../subgraph-client/subgraph-client.ts';
import type { ConflationPlaces } from './conflation-places.ts';
import { type EnrichedEvent, isPassingCode, PatientEnrichment, type Tried } from './enrich-patiently.ts';
import { isUsable } from './is-usable.ts';
import type { LiveEnd, LiveEvent } from './live-event.ts';
import type { LiveFeed } from './live-feed.ts';
import type { LiveMember } from './live-member.ts';
import type { LiveObserver, LivePlan, LiveSettings } from './live-plan.ts';
import { cursorKey, cursorVariable, kindKey } from './primary-fetch.ts';
import { ReplayRing } from './replay-ring.ts';
import { retryDelayMs } from './retry-delay.ts';

export interface LiveStreamParts {
  readonly settings: LiveSettings;
  readonly observer: LiveObserver;
  readonly budget: { bytes: number; readonly maxBytes: number };
  /** The plan of now: it changes with the supergraph. */
  readonly planOf: () => LivePlan;
  readonly caller: {
    readonly variables: Readonly<Record<string, unknown>>;
    readonly headers: Readonly<Record<string, string>>;
    readonly audience: string;
    readonly requestId: string;
  };
  readonly onEvent: (stream: LiveStream, event: LiveEvent) => void;
  readonly onEnd: (stream: LiveStream, end: LiveEnd) => void;
}

/** The subgraph said no: another try would get the same answer. */
class Refusal extends Error {
  readonly errors: readonly SubgraphError[];
  constructor(errors: readonly SubgraphError[]) {
    super('A subgraph refused a subscription.');
    this.errors = errors;
  }
}

const replanned = Symbol('replanned');

/**
 * One upstream and what came of it lately: each event is enriched once, written once, and kept for all clients. An upstream that breaks
 * is taken up again from the last cursor.
 */
export class LiveStream {
  readonly ring: ReplayRing;
  readonly members = new Set<LiveMember>();
  readonly observer: LiveObserver;
  /** Where its clients go on when it has become one with another stream. */
  continuation: { readonly stream: LiveStream; readonly position: number } | undefined;
  readonly #parts: LiveStreamParts;
  readonly #enrichment: PatientEnrichment;
  readonly #deadlines: Deadlines;
  readonly #closing = new AbortController();
  #attempt = new AbortController();
  #cursor: string | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(startCursor: string | undefined, parts: LiveStreamParts) {
    const { ringBytes: maxBytes, ringAgeMs: maxAgeMs } = parts.settings;
    this.#parts = parts;
    this.#cursor = startCursor;
    this.#enrichment = new PatientEnrichment(parts.settings.enrichPatienceMs);
    this.#deadlines = createDeadlines(parts.settings.enrichDeadlineMs, () => performance.now());
    this.observer = parts.observer;
    this.ring = new ReplayRing(startCursor, { maxBytes, maxAgeMs, budget: parts.budget });
  }

  get feed(): LiveFeed | undefined {
    return this.#parts.planOf().primary.feed;
  }

  get conflation(): ConflationPlaces | undefined {
    return this.#parts.planOf().primary.conflation;
  }

  start(): void {
    this.#done = this.#run();
  }

  /** Another plan is in force: goes on from here with that, over the same upstream when that is still the right one. */
  replan(isSameUpstream: boolean): void {
    if (isSameUpstream) this.#enrichment.retryNow();
    else this.#attempt.abort(replanned);
  }

  /** A client has left, or gone on in another stream: the last one leaves no memory behind when nobody can come any more. */
  remove(member: LiveMember): void {
    this.members.delete(member);
    if (this.continuation !== undefined && this.members.size === 0) this.ring.clear();
  }

  /** Goes on in another stream from a place that both have in common. Its clients follow when they have had what is here. */
  continueIn(stream: LiveStream, position: number): void {
    this.continuation = { stream, position };
    void this.close(this.members.size === 0);
    for (const member of [...this.members]) member.flush();
  }

  /** Ends the upstream; what it brought stays for clients that are behind, unless `isForgotten`. */
  close(isForgotten: boolean): Promise<void> {
    this.#closing.abort();
    this.#attempt.abort();
    if (isForgotten) this.ring.clear();
    return this.#done;
  }

  async #run(): Promise<void> {
    const startedAt = performance.now();
    const closing = this.#closing.signal;
    this.observer.upstreamOpened?.();
    try {
      for (let failures = 0; !closing.aborted; failures++) {
        this.#attempt = new AbortController();
        const before = this.ring.end;
        const failure = await this.#read(this.#attempt);
        if (closing.aborted) return;
        if (this.#attempt.signal.reason === replanned) continue;
        if (failure instanceof Refusal || this.feed === undefined) {
          this.#end(failure);
          return;
        }
        if (this.ring.end === 0 && performance.now() - startedAt > this.#parts.settings.firstEventMs) {
          this.#end(failure ?? unavailable());
          return;
        }
        this.observer.upstreamBroke?.(failure);
        if (this.ring.end > before) failures = 0;
        // One of its own: that of the attempt is over, and would end the pause before it began.
        this.#attempt = new AbortController();
        await wait(retryDelayMs(failures), undefined, { signal: this.#attempt.signal }).catch(() => undefined);
      }
    } finally {
      this.observer.upstreamClosed?.();
    }
  }

  /** Reads the upstream to its end; what ended it, or undefined when the subgraph did. */
  async #read(attempt: AbortController): Promise<unknown> {
    const { primary, clients } = this.#parts.planOf();
    const { headers, variables } = this.#parts.caller;
    try {
      const client = clients.get(primary.serviceName);
      if (client === undefined) throw hiddenError(`The plan asks the unknown subgraph ${primary.serviceName}.`);
      const coerced = this.#parts.planOf().plan.coerceVariables(variables);
      if ('problems' in coerced) throw shownError('BAD_USER_INPUT', coerced.problems.join(' '));
      const sent: Record<string, unknown> = Object.create(null);
      for (const name of primary.variables) if (coerced.values.has(name)) sent[name] = coerced.values.get(name);
      if (primary.feed !== undefined && this.#cursor !== undefined) sent[cursorVariable] = this.#cursor;
      const { query, operationName } = primary;
      const results = client.subscribe({ query, operationName, variables: sent, headers, signal: attempt.signal });
      for await (const result of results) {
        if (attempt.signal.aborted) return undefined;
        await this.#take(result, attempt.signal);
      }
      return undefined;
    } catch (error) {
      return error;
    } finally {
      attempt.abort();
    }
  }

  async #take(response: { readonly data: unknown; readonly errors: unknown }, signal: AbortSignal): Promise<void> {
    const result = readPrimaryResult(response);
    if (result.kind === 'refusal') {
      if (result.errors.every(({ code }) => isPassing(code))) throw unavailable();
      throw new Refusal(result.errors);
    }
    // What the feed's own subgraph could not read now has to be read again.
    const isTorn = this.feed !== undefined && result.errors.some(({ code }) => isPassingCode(code));
    if (isTorn && this.#enrichment.mayWait()) throw unavailable();
    const { primary } = this.#parts.planOf();
    const { cursor, kind } = takePosition(result.data, primary.rootKey);
    const { answer, isIncomplete } = await this.#enrich(result, signal);
    if (signal.aborted) return;
    this.observer.enriched?.();
    if (isIncomplete) this.observer.incomplete?.();
    const body = Buffer.from(isIncomplete ? markIncomplete(answer.body) : answer.body);
    const event: LiveEvent = {
      cursor,
      kind,
      body,
      hasErrors: answer.errorCount > 0,
      cost: answer.cost,
      at: performance.now(),
    };
    this.ring.push(event, primary.feed?.kindField !== undefined && kind === primary.feed.snapshotKind);
    this.#cursor = cursor ?? this.#cursor;
    this.#sendNewest(event);
    this.#parts.onEvent(this, event);
  }

  /** A feed waits for subgraphs that are away; what has no cursor goes out as it comes. */
  async #enrich({ data, errors }: PrimaryEvent, signal: AbortSignal): Promise<EnrichedEvent> {
    const run = (from: JsonObject): Promise<Tried> => this.#enrichOnce({ kind: 'event', data: from, errors }, signal);
    if (this.feed === undefined) return { answer: (await run(data)).answer, isIncomplete: false };
    return this.#enrichment.enrich(data, signal, {
      run,
      isUsable: ({ body }) => isUsable(body, this.conflation),
      onRetry: () => this.observer.enrichmentFailed?.(),
      onLost: () => {
        this.#sendBack();
        if (errors.some(({ code }) => isPassingCode(code))) throw unavailable();
      },
    });
  }

  async #enrichOnce({ data, errors }: PrimaryEvent, signal: AbortSignal): Promise<Tried> {
    const { plan, clients, countCost } = this.#parts.planOf();
    const { caller, settings } = this.#parts;
    const trace = this.observer.traceEvent?.(caller.requestId);
    let failure: string | undefined = 'UPSTREAM_TIMEOUT';
    let hasAsked = false;
    const attempt = new Cancellation();
    const endDeadline = this.#deadlines.start(() => attempt.cancel(new DOMException('Too late.', 'TimeoutError')));
    const onLeave = (): void => attempt.cancel(signal.reason);
    if (signal.aborted) onLeave();
    else onAbort(signal, onLeave);
    const get = (name: string): SubgraphClient | undefined => {
      hasAsked = true;
      return clients.get(name);
    };
    try {
      const answer = await executeEvent(plan, data, errors, {
        ...caller,
        headers: trace === undefined ? caller.headers : { ...caller.headers, ...trace.headers },
        clients: { ...clients, get },
        sharing: settings.sharing,
        countCost,
        signal: attempt,
      });
      failure = answer.failures[0]?.code;
      for (const each of answer.failures) this.observer.failed?.(each);
      return { answer, hasAsked };
    } finally {
      endDeadline();
      offAbort(signal, onLeave);
      trace?.end(failure);
    }
  }

  /** Nothing is lost: who has had an event comes back with its cursor, and waits. Who has had none is told why. */
  #sendBack(): void {
    if (this.ring.end === 0) throw unavailable();
    this.observer.sentBack?.(this.members.size);
    for (const member of [...this.members]) member.end({ kind: 'come-back' });
  }

  /** To all who are up to date; the others send what they can. */
  #sendNewest(event: LiveEvent): void {
    const position = this.ring.end - 1;
    let sent = 0;
    for (const member of this.members) {
      if (member.takeNewest(event, position)) sent++;
      else member.flush();
    }
    if (sent > 0) this.observer.delivered?.(sent);
  }

  #end(failure: unknown): void {
    this.#parts.onEnd(
      this,
      failure === undefined ? { kind: 'complete' } : toEnd(failure, this.#parts.caller.requestId),
    );
  }
}

type PrimaryEvent = Extract<PrimaryResult, { kind: 'event' }>;

/** The executor's text of a response ends with its one brace, and has no extensions. */
function markIncomplete(body: string): string {
  return `${body.slice(0, -1)},"extensions":{"live":{"incomplete":true}}}`;
}

/** Takes our own fields out of an event. */
function takePosition(data: JsonObject, rootKey: string): { readonly cursor?: string; readonly kind?: string } {
  const root = readOwn(data, rootKey);
  if (!isJsonObject(root)) return {};
  const { [cursorKey]: cursor, [kindKey]: kind } = root;
  delete root[cursorKey];
  delete root[kindKey];
  return {
    ...(typeof cursor === 'string' ? { cursor } : {}),
    ...(typeof kind === 'string' ? { kind } : {}),
  };
}

const passing: ReadonlySet<string> = new Set([
  'INTERNAL_SERVER_ERROR',
  'UPSTREAM_ERROR',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_INVALID_RESPONSE',
  'OVERLOADED',
  'SHUTTING_DOWN',
]);

/** Trouble of the moment, which does not end a live operation. */
function isPassing(code: string): boolean {
  return passing.has(code);
}

function unavailable(): GatewayError {
  return shownError('UPSTREAM_UNAVAILABLE', 'A source of this field cannot be reached now.');
}

/** What a client may know of the reason. */
export function toEnd(failure: unknown, requestId: string): LiveEnd {
  if (failure instanceof Refusal) {
    const errors = failure.errors
      .slice(0, 5)
      .map(({ message, code }) => ({ message, extensions: { code, requestId } }));
    return { kind: 'error', errors };
  }
  if (failure instanceof GatewayError && failure.isShown) {
    return { kind: 'error', errors: [{ message: failure.message, extensions: { ...failure.extensions, requestId } }] };
  }
  const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId };
  return { kind: 'error', errors: [{ message: 'Internal server error.', extensions }] };
}
