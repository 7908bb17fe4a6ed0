/** Something that happens again and again, and that any number may wait for. */
export interface SignalPoint {
  raise(): void;
  /** Resolves when it is raised after this call. */
  next(): Promise<void>;
}

/** Makes one that nobody has raised. */
export function createSignalPoint(): SignalPoint {
  let next = Promise.withResolvers<void>();
  return {
    raise: () => {
      next.resolve();
      next = Promise.withResolvers<void>();
    },
    next: () => next.promise,
  };
}

/** Waits for a promise that cannot fail, at most `timeoutMs`, and not longer than the signal allows. Leaves no timer behind. */
export async function waitFor(promise: Promise<void>, timeoutMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || timeoutMs <= 0) return;
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, timeoutMs);
  const end = () => over.resolve();
  signal.addEventListener('abort', end, { once: true });
  await Promise.race([promise, over.promise]);
  clearTimeout(timer);
  signal.removeEventListener('abort', end);
}
