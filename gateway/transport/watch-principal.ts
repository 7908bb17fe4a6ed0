import type { Principal } from '../identity/principal.ts';

/** Why a principal is no longer who it was. */
export type Lapse = 'expired' | 'revoked';

/** The longest that a timer of node waits; more fires at once. */
const maxTimerMs = 2 ** 31 - 1;

/** Tells once when a principal's proof ends or is taken back, until it is told to stop. For connections that outlive a request. */
export function watchPrincipal({ expiresAt, revoked }: Principal, onLapse: (lapse: Lapse) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    revoked?.removeEventListener('abort', onRevoked);
  };
  const lapse = (why: Lapse): void => {
    stop();
    onLapse(why);
  };
  const onRevoked = (): void => lapse('revoked');
  const wait = (endsAt: number): void => {
    const leftMs = endsAt - Date.now();
    timer = setTimeout(
      () => (leftMs > maxTimerMs ? wait(endsAt) : lapse('expired')),
      Math.min(leftMs, maxTimerMs),
    ).unref();
  };
  if (revoked?.aborted === true) {
    queueMicrotask(onRevoked);
    return stop;
  }
  revoked?.addEventListener('abort', onRevoked, { once: true });
  if (expiresAt !== undefined) wait(expiresAt);
  return stop;
}
