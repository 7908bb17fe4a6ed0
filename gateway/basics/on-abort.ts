import { Cancellation, type EndSignal } from './cancellation.ts';

const waitingFor = new WeakMap<EndSignal, Set<() => void>>();

/**
 * Calls back once when a signal aborts. A signal gets one listener however many wait for it: adding and removing one of an
 * EventTarget takes some 4 µs, a place in this set 0.1, and an operation waits at every call of a subgraph.
 */
export function onAbort(signal: EndSignal, listener: () => void): void {
  if (signal instanceof Cancellation) {
    signal.join(listener);
    return;
  }
  const known = waitingFor.get(signal);
  if (known !== undefined) {
    known.add(listener);
    return;
  }
  const waiting = new Set([listener]);
  waitingFor.set(signal, waiting);
  const tellAll = (): void => {
    for (const tell of waiting) tell();
    waiting.clear();
  };
  (signal as AbortSignal).addEventListener('abort', tellAll, { once: true });
}

/** Ends the wait of a listener. */
export function offAbort(signal: EndSignal, listener: () => void): void {
  if (signal instanceof Cancellation) signal.leave(listener);
  else waitingFor.get(signal)?.delete(listener);
}
