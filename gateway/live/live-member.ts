import { conflateEvents } from './conflate-events.ts';
import type { LiveEnd, LiveEvent, LiveSink } from './live-event.ts';
import type { LiveStream } from './live-stream.ts';

/** A client behind by more than this is sent its backlog in one event, where the feed allows it. */
const conflateAbove = 8;
/** A client behind by more than this, of a feed that may not be conflated, is too slow. */
const maxBehind = 1_000;

/** One client of a live operation: a position in a stream's ring, and the way out. */
export class LiveMember {
  readonly #sink: LiveSink;
  readonly #onLeave: (member: LiveMember, reason: LiveEnd['kind'] | 'left') => void;
  #stream: LiveStream;
  #position: number;
  #cursor: string | undefined;
  #hasBegun = false;
  #isGone = false;
  /** The way was full since this client was last up to date: only then is its backlog conflated, never a replay that flows. */
  #isSlow = false;
  /** It has begun, is not gone, and was up to date when it was last looked at. */
  #isFlowing = false;

  constructor(
    sink: LiveSink,
    stream: LiveStream,
    position: number,
    onLeave: (member: LiveMember, reason: LiveEnd['kind'] | 'left') => void,
  ) {
    this.#sink = sink;
    this.#stream = stream;
    this.#position = position;
    this.#onLeave = onLeave;
    stream.members.add(this);
  }

  /**
   * Sends the newest event when that is all there is to send; false when it is not, and `flush` knows what is. A fan-out is this call for
   * each client: no array, no closure, no promise.
   */
  takeNewest(event: LiveEvent, position: number): boolean {
    if (!this.#isFlowing || this.#position !== position) return false;
    if (!this.#sink.write(event.body, event.cursor, this.#shareOf(event))) return false;
    this.#position = position + 1;
    this.#cursor = event.cursor ?? this.#cursor;
    return true;
  }

  /** Nothing is sent before its owner knows it: what was sent would be missing in the owner's cursor. */
  begin(): void {
    this.#hasBegun = true;
    this.flush();
  }

  /** Sends what is there and fits; to be called when there is something new, and when the way is free again. */
  flush(): void {
    while (this.#hasBegun && !this.#isGone) {
      const { ring } = this.#stream;
      if (this.#position >= ring.end) {
        this.#isSlow = false;
        this.#isFlowing = true;
        if (!this.#hop()) return;
        continue;
      }
      if (this.#position < ring.first) this.end({ kind: 'too-slow' });
      else if (!this.#sink.isWritable) {
        this.#isSlow = true;
        this.#isFlowing = false;
        this.#checkBehind();
        return;
      } else if (!this.#sendBacklog()) this.#sendNext();
    }
  }

  /** Whether it can go on from a cursor. */
  get isResumable(): boolean {
    return this.#stream.feed !== undefined;
  }

  /** Of the last event it was sent; undefined before, and where there are none. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** Whether it is in this stream, or will be. */
  leadsTo(stream: LiveStream): boolean {
    for (let at: LiveStream | undefined = this.#stream; at !== undefined; at = at.continuation?.stream) {
      if (at === stream) return true;
    }
    return false;
  }

  /** The client's own leaving: nothing more is written. */
  leave(): void {
    this.#remove('left');
  }

  end(end: LiveEnd): void {
    if (this.#isGone) return;
    if (end.kind === 'too-slow') this.#stream.observer.tooSlow?.();
    this.#remove(end.kind);
    this.#sink.end(end);
  }

  /** An event is made once for all clients, and sent to each. */
  #shareOf({ cost = 0 }: LiveEvent): number {
    return cost === 0 ? 1 : 1 + cost / Math.max(1, this.#stream.members.size);
  }

  #remove(reason: LiveEnd['kind'] | 'left'): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#isFlowing = false;
    this.#stream.remove(this);
    this.#onLeave(this, reason);
  }

  #sendNext(): void {
    const event = this.#stream.ring.at(this.#position);
    if (event === undefined) {
      this.end({ kind: 'too-slow' });
      return;
    }
    this.#position++;
    this.#write(event.body, event.cursor, this.#shareOf(event));
  }

  #sendBacklog(): boolean {
    const { ring, feed, conflation, observer } = this.#stream;
    if (!this.#isSlow || feed === undefined || conflation === undefined || ring.end - this.#position <= conflateAbove)
      return false;
    const events = [];
    for (let position = this.#position; position < ring.end; position++) {
      const event = ring.at(position);
      if (event === undefined) return false;
      if (feed.kindField !== undefined && event.kind === feed.snapshotKind && position > this.#position) {
        this.#position = position; // it replaces everything before it
        return true;
      }
      events.push(event);
    }
    if (feed.kindField !== undefined && events[0]?.kind === feed.snapshotKind) return false;
    const body = conflateEvents(events, feed, conflation);
    if (body === undefined) return false;
    this.#position = ring.end;
    this.#write(
      body,
      events.at(-1)?.cursor,
      events.reduce((sum, event) => sum + this.#shareOf(event), 0),
    );
    observer.conflated?.(events.length);
    return true;
  }

  /** There is room: the way was asked a moment before. */
  #write(body: Buffer, cursor: string | undefined, cost: number): void {
    this.#sink.write(body, cursor, cost);
    this.#cursor = cursor ?? this.#cursor;
    this.#stream.observer.delivered?.(1);
  }

  #checkBehind(): void {
    const { ring, conflation } = this.#stream;
    if (conflation === undefined && ring.end - this.#position > maxBehind) this.end({ kind: 'too-slow' });
  }

  /** The stream has become one with another, and this client has had all of it. */
  #hop(): boolean {
    const next = this.#stream.continuation;
    if (next === undefined) return false;
    this.#stream.remove(this);
    this.#stream = next.stream;
    this.#position = next.position;
    this.#stream.members.add(this);
    return true;
  }
}
