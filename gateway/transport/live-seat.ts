import { shownError } from '../errors.ts';
import { anonymousKind, type Principal } from '../identity/principal.ts';
import type { LiveSink } from '../live/live-event.ts';
import type { LiveMember } from '../live/live-member.ts';
import type { Operation } from '../request-pipeline.ts';
import { type StreamRules, toLiveError } from './stream-rules.ts';

/**
 * One client's live operation, whoever stands behind it: a token ends, a key is taken back, a fresh one comes. Between two of them nothing is
 * delivered; then it goes on from its last cursor in the new one's name, or ends with an error when that one may not see all of it.
 */
export class LiveSeat {
  readonly #rules: Pick<StreamRules, 'openLive' | 'listRefusals'>;
  readonly #sink: LiveSink;
  #operation: Operation;
  #cursor: string | undefined;
  #member: LiveMember | undefined;
  #isEnded = false;
  #isPaused = false;
  /** Of opening: only the last counts. */
  #turn = 0;

  constructor(
    operation: Operation,
    resumeFrom: string | undefined,
    sink: LiveSink,
    rules: Pick<StreamRules, 'openLive' | 'listRefusals'>,
  ) {
    this.#operation = operation;
    this.#cursor = resumeFrom;
    this.#rules = rules;
    this.#sink = {
      get isWritable() {
        return sink.isWritable;
      },
      write: sink.write, // a layer around it took 3 % of a delivery
      end: (end) => {
        this.#isEnded = true;
        sink.end(end);
      },
    };
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Throws what is wrong with the operation. */
  async open(): Promise<void> {
    const turn = ++this.#turn;
    this.#cursor = this.#member?.cursor ?? this.#cursor;
    const member = await this.#rules.openLive(this.#operation, this.#cursor, this.#sink);
    if (this.#isEnded || turn !== this.#turn) {
      member.leave();
      return;
    }
    this.#member = member;
    member.begin();
  }

  /** To be called when the client can be written to again. */
  flush(): void {
    this.#member?.flush();
  }

  /** Delivers nothing more until it is renewed. */
  pause(): void {
    this.#isPaused = true;
    this.#turn++;
    this.#member?.leave();
  }

  /** Goes on for another principal, or ends. Never throws. */
  async renew(principal: Principal): Promise<void> {
    const before = this.#operation;
    const { caller } = before;
    const isSame = caller.principal.audience === principal.audience;
    this.#operation = { ...before, caller: { ...caller, principal, headers: headersFor(caller, principal) } };
    if (this.#isEnded || (isSame && !this.#isPaused)) return;
    const isResumable = this.#member?.isResumable ?? true;
    this.pause();
    try {
      const known = isSame ? [] : this.#rules.listRefusals(before);
      const refused = isSame ? [] : this.#rules.listRefusals(this.#operation);
      if (!isResumable || refused.some((coordinate) => !known.includes(coordinate))) throw lost(principal);
      this.#isPaused = false;
      await this.open();
    } catch (error) {
      if (this.#isEnded) return;
      this.#sink.end({ kind: 'error', errors: [toLiveError(error, caller.requestId)] });
    }
  }

  /** The client's own leaving. */
  leave(): void {
    this.#isEnded = true;
    this.#turn++;
    this.#member?.leave();
  }
}

function headersFor(
  { headers, principal: old }: Operation['caller'],
  principal: Principal,
): Readonly<Record<string, string>> {
  const others = Object.entries(headers).filter(([name]) => !Object.hasOwn(old.headers, name));
  return { ...Object.fromEntries(others), ...principal.headers };
}

/** The right to what was seen until now has ended. */
function lost({ kind }: Principal): Error {
  return kind === anonymousKind
    ? shownError('UNAUTHENTICATED', 'The proof of identity has ended.')
    : shownError('FORBIDDEN', 'This caller may not see this any more.');
}
