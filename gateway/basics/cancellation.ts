/** What ends a wait early: an AbortSignal, or a Cancellation where there is one for every call. */
export type EndSignal = Pick<AbortSignal, 'aborted' | 'reason' | 'throwIfAborted'>;

/**
 * The early end of one call or flight: at its deadline, or when its callers leave. Does what an AbortController does for the few that
 * listen, at a tenth of the cost; whoever needs an AbortSignal gets one made.
 */
export class Cancellation implements EndSignal {
  #isCancelled = false;
  #reason: unknown;
  #listener: ((reason: unknown) => void) | undefined;
  #waiting: Set<() => void> | undefined;
  #controller: AbortController | undefined;

  get aborted(): boolean {
    return this.#isCancelled;
  }

  /** Why; undefined before. */
  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#isCancelled) throw this.#reason;
  }

  /** Calls back at the end. One attempt listens at a time: the next one takes the place of the last. */
  listen(listener: ((reason: unknown) => void) | undefined): void {
    this.#listener = listener;
  }

  /** Calls back at the end, until it is left. */
  join(listener: () => void): void {
    this.#waiting ??= new Set();
    this.#waiting.add(listener);
  }

  leave(listener: () => void): void {
    this.#waiting?.delete(listener);
  }

  /** The first reason is the one that stays. */
  cancel(reason: unknown): void {
    if (this.#isCancelled) return;
    this.#isCancelled = true;
    this.#reason = reason;
    this.#listener?.(reason);
    for (const tell of this.#waiting ?? []) tell();
    this.#waiting = undefined;
    this.#controller?.abort(reason);
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#isCancelled) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }
}

/** The same as what the platform listens to. */
export function toAbortSignal(signal: EndSignal): AbortSignal {
  return signal instanceof Cancellation ? signal.signal : (signal as AbortSignal);
}
