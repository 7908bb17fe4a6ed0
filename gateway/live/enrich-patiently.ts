import { setTimeout as wait } from 'node:timers/promises';
import type { GraphqlResponse } from '../execution/write-response.ts';
import type { JsonObject } from '../planning/json.ts';
import { retryDelayMs } from './retry-delay.ts';

/** How one event is enriched, and what is done while it cannot be. */
export interface Enrichment {
  /** One try with the plan of now; it may change the data. Rejects when `signal` aborts, or when it took too long. */
  readonly run: (data: JsonObject, signal: AbortSignal) => Promise<Tried>;
  /** Whether what an answer still has tells clients what has changed. */
  readonly isUsable: (answer: GraphqlResponse) => boolean;
  /** A try has failed for a reason that passes. */
  readonly onRetry: () => void;
  /** The longest time is over and there is nothing to send: whoever waits is to come back. Throws to end the upstream. */
  readonly onLost: () => void;
}

/** The answer to one try; `hasAsked` when some subgraph was asked for it: a heartbeat needs none, and so says nothing of them. */
export interface Tried {
  readonly answer: GraphqlResponse;
  readonly hasAsked: boolean;
}

/** An event's response; `isIncomplete` when a part of it is null only because a subgraph was away for too long. */
export interface EnrichedEvent {
  readonly answer: GraphqlResponse;
  readonly isIncomplete: boolean;
}

/** Codes of errors that a subgraph reports of itself, and that are gone later. A resolver that throws has none of them. */
const passing: ReadonlySet<string> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'OVERLOADED',
  'SHUTTING_DOWN',
  'DEADLINE_EXCEEDED',
]);

/** Whether a subgraph's error is trouble that passes. */
export function isPassingCode(code: string): boolean {
  return passing.has(code);
}

/** Failures are calls that brought no answer, never a resolver's own error. */
function isWhole({ failures, errorCodes }: GraphqlResponse): boolean {
  return failures.length === 0 && !errorCodes.some(isPassingCode);
}

/**
 * Enriches the events of one stream, in order, and tries again while a subgraph is away: clients see a pause. The patience is the stream's, not
 * an event's: once it is used up, later events are tried once each until one comes out whole
 * with the help of a subgraph.
 */
export class PatientEnrichment {
  readonly #patienceMs: number;
  /** performance.now() of the first failure since an event was whole. */
  #troubleSince: number | undefined;
  #pause = new AbortController();

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Ends the pause of now: another try may succeed. */
  retryNow(): void {
    this.#pause.abort();
  }

  /** Something has failed that passes: whether there is time left to wait for it. */
  mayWait(): boolean {
    this.#troubleSince ??= performance.now();
    return this.#remainingMs > 0;
  }

  /** Rejects with the signal's reason when that aborts, and with what `onLost` throws. */
  async enrich(data: JsonObject, signal: AbortSignal, enrichment: Enrichment): Promise<EnrichedEvent> {
    const text = textOf(data); // each try changes its data
    for (let failures = 0; ; failures++) {
      const tried = await tryOnce(failures === 0 || text === undefined ? data : JSON.parse(text), signal, enrichment);
      const answer = tried?.answer;
      if (answer !== undefined && isWhole(answer)) {
        if (tried?.hasAsked) this.#troubleSince = undefined;
        return { answer, isIncomplete: false };
      }
      if (answer !== undefined && text === undefined) return { answer, isIncomplete: true };
      if (!this.mayWait()) {
        if (answer !== undefined && enrichment.isUsable(answer)) return { answer, isIncomplete: true };
        this.#troubleSince = performance.now(); // those who come back are given the same time
        enrichment.onLost();
      }
      enrichment.onRetry();
      await this.#rest(failures, signal);
    }
  }

  get #remainingMs(): number {
    return this.#patienceMs - (performance.now() - (this.#troubleSince ?? performance.now()));
  }

  async #rest(failures: number, signal: AbortSignal): Promise<void> {
    this.#pause = new AbortController();
    const ms = Math.min(retryDelayMs(failures), Math.max(minPauseMs, this.#remainingMs));
    await wait(ms, undefined, { signal: AbortSignal.any([signal, this.#pause.signal]) }).catch(() => undefined);
    signal.throwIfAborted();
  }
}

/** A fifth of what a clone costs. Undefined when a subgraph in this process hands out a bigint or a cycle: then there is one try. */
function textOf(data: JsonObject): string | undefined {
  try {
    return JSON.stringify(data);
  } catch {
    return undefined;
  }
}

/** Also when the patience is 0. */
const minPauseMs = 25;

/** Undefined when it took too long. */
async function tryOnce(data: JsonObject, signal: AbortSignal, { run }: Enrichment): Promise<Tried | undefined> {
  try {
    const tried = await run(data, signal);
    signal.throwIfAborted();
    return tried;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DOMException && error.name === 'TimeoutError') return undefined;
    throw error;
  }
}
