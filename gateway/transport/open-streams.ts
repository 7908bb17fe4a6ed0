import { shownError } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';
import type { RequestLimits } from './request-limits.ts';

/** Counts the WebSockets and event streams of each principal; one for both transports of a gateway. */
export interface OpenStreams {
  readonly open: number;
  /** Takes a place, to be given back once. Throws RATE_LIMITED when the principal has as many as it may. */
  enter(principal: Principal, address: string, limits: RequestLimits): () => void;
}

export function createOpenStreams(): OpenStreams {
  const counts = new Map<string, number>();
  let open = 0;
  return {
    get open() {
      return open;
    },
    enter(principal, address, { sockets }) {
      // Callers without a name are told apart by where they are.
      const key = Object.keys(principal.headers).length === 0 ? `${principal.audience} ${address}` : principal.audience;
      const count = counts.get(key) ?? 0;
      if (count >= sockets) throw shownError('RATE_LIMITED', `There may be ${sockets} sockets and streams at a time.`);
      counts.set(key, count + 1);
      open++;
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        open--;
        const left = (counts.get(key) ?? 1) - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
      };
    },
  };
}
