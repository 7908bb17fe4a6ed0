import { setTimeout as wait } from 'node:timers/promises';
import { GatewayError, shownError } from '../errors.ts';
import type { LiveEnd, LiveEvent, LiveSink } from './live-event.ts';
import { LiveMember } from './live-member.ts';
import type { LivePlan } from './live-plan.ts';
import { LiveStream, type LiveStreamParts, toEnd } from './live-stream.ts';
import { retryDelayMs } from './retry-delay.ts';

export interface LiveOperationParts extends Omit<LiveStreamParts, 'planOf' | 'onEvent' | 'onEnd'> {
  /** Plans it on the supergraph of now. Throws what is wrong with it there. */
  readonly prepare: () => Promise<LivePlan>;
  /** Whether one more upstream may be opened. */
  readonly hasRoom: () => boolean;
  /** Nobody is left, and nothing runs. */
  readonly onIdle: () => void;
}

/**
 * One live operation with all its clients. It has one stream as a rule. A client whose start is not in memory gets a stream of its own, which
 * becomes one with another as soon as both have stood at the same cursor: there nothing is missed and nothing doubled.
 */
export class LiveOperation {
  readonly #parts: LiveOperationParts;
  readonly #streams = new Set<LiveStream>();
  readonly #members = new Set<LiveMember>();
  #plan: LivePlan;
  #linger: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Of planning anew: only the last asked for counts, and ends the one before. */
  #replanning = new AbortController();

  constructor(plan: LivePlan, parts: LiveOperationParts) {
    this.#plan = plan;
    this.#parts = parts;
  }

  get members(): number {
    return this.#members.size;
  }

  /** performance.now() of the newest event; undefined before the first. */
  get newestAt(): number | undefined {
    let newest: number | undefined;
    for (const { ring } of this.#streams) newest = Math.max(newest ?? 0, ring.at(ring.end - 1)?.at ?? 0);
    return newest === 0 ? undefined : newest;
  }

  get upstreams(): number {
    return this.#streams.size;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Adds a client that has everything up to a cursor, or nothing; `requestId` is that of its asking. Throws OVERLOADED. */
  attach(sink: LiveSink, cursor: string | undefined, requestId: string): LiveMember {
    clearTimeout(this.#linger);
    const found = this.#find(cursor);
    if (found === undefined && !this.#parts.hasRoom()) throw tooMany();
    const { stream, position } = found ?? { stream: this.#open(cursor), position: 0 };
    const { observer } = this.#parts;
    observer.attached?.(found !== undefined, cursor !== undefined);
    observer.clientOpened?.(requestId);
    const member = new LiveMember(sink, stream, position, (left, reason) => {
      observer.clientClosed?.(requestId, reason);
      this.#left(left);
    });
    this.#members.add(member);
    if (found === undefined) stream.start();
    return member;
  }

  /**
   * Goes on with the supergraph of now, in place; ends with one error when the operation is no longer valid there. Until it is
   * planned it goes on as it was: a planner that is busy for a while ends nothing.
   */
  async replan(): Promise<void> {
    this.#replanning.abort();
    this.#replanning = new AbortController();
    const { signal } = this.#replanning;
    for (let failures = 0; ; failures++) {
      try {
        const next = await this.#parts.prepare();
        if (this.#isClosed || signal.aborted) next.release();
        else this.#take(next);
        return;
      } catch (error) {
        if (this.#isClosed || signal.aborted) return;
        if (isInvalid(error) || failures >= maxReplanFailures) {
          this.#endAll(toEnd(error, this.#parts.caller.requestId));
          return;
        }
        await wait(retryDelayMs(failures + 2), undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
    }
  }

  /** Ends everything at once; its clients are told by whoever closes. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#replanning.abort();
    clearTimeout(this.#linger);
    const streams = [...this.#streams];
    this.#streams.clear();
    this.#plan.release();
    this.#parts.onIdle();
    await Promise.all(streams.map((stream) => stream.close(true)));
  }

  #take(next: LivePlan): void {
    const last = this.#plan;
    this.#plan = next;
    const isSame = isSameUpstream(last, next);
    for (const stream of this.#streams) stream.replan(isSame);
    last.release();
  }

  #find(cursor: string | undefined): { readonly stream: LiveStream; readonly position: number } | undefined {
    for (const stream of this.#streams) {
      const position = cursor === undefined ? stream.ring.fromSnapshot : stream.ring.after(cursor);
      if (position !== undefined) return { stream, position };
    }
    return undefined;
  }

  #open(cursor: string | undefined): LiveStream {
    const stream = new LiveStream(cursor, {
      ...this.#parts,
      planOf: () => this.#plan,
      onEvent: (from, event) => this.#join(from, event),
      onEnd: (ended, end) => this.#ended(ended, end),
    });
    this.#streams.add(stream);
    return stream;
  }

  /** A stream stands where another has stood, whose ring goes on from there. */
  #join(stream: LiveStream, { cursor }: LiveEvent): void {
    if (cursor === undefined || this.#streams.size < 2 || !this.#streams.has(stream)) return;
    for (const other of this.#streams) {
      const position = other === stream ? undefined : other.ring.after(cursor);
      if (position === undefined) continue;
      this.#streams.delete(stream);
      stream.continueIn(other, position);
      return;
    }
  }

  #ended(stream: LiveStream, end: LiveEnd): void {
    this.#streams.delete(stream);
    for (const member of [...stream.members]) member.end(end);
    stream.ring.clear();
    if (this.#members.size === 0) void this.close();
  }

  #endAll(end: LiveEnd): void {
    for (const member of [...this.#members]) member.end(end);
    void this.close();
  }

  #left(member: LiveMember): void {
    this.#members.delete(member);
    if (this.#isClosed) return;
    if (this.#members.size > 0) {
      this.#closeUnused();
      return;
    }
    clearTimeout(this.#linger);
    const lingerMs = this.#plan.primary.feed === undefined ? 0 : this.#parts.settings.lingerMs;
    if (lingerMs === 0) void this.close();
    else this.#linger = setTimeout(() => void this.close(), lingerMs).unref();
  }

  /** A stream without clients goes when there is another for those who come back. */
  #closeUnused(): void {
    for (const stream of this.#streams) {
      if (this.#streams.size < 2) return;
      if (stream.members.size > 0 || this.#isContinuation(stream)) continue;
      this.#streams.delete(stream);
      void stream.close(true);
    }
  }

  /** Clients that are behind in a closed stream may still be on their way to this one. */
  #isContinuation(stream: LiveStream): boolean {
    for (const member of this.#members) if (member.leadsTo(stream)) return true;
    return false;
  }
}

const maxReplanFailures = 8;

/** The new supergraph does not have the operation: another try would not find it either. */
function isInvalid(error: unknown): boolean {
  if (!(error instanceof GatewayError)) return false;
  return error.code === 'GRAPHQL_VALIDATION_FAILED' || error.code === 'FORBIDDEN';
}

function isSameUpstream(one: LivePlan, other: LivePlan): boolean {
  const { serviceName, query, operationName } = one.primary;
  return (
    serviceName === other.primary.serviceName &&
    query === other.primary.query &&
    operationName === other.primary.operationName &&
    one.clients.get(serviceName) === other.clients.get(serviceName)
  );
}

function tooMany(): GatewayError {
  return shownError('OVERLOADED', 'Too many different live operations; try again later.');
}
