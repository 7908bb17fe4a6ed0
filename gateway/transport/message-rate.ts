/** Lets `perSecond` messages through, and twice as many at once: a bucket that fills up steadily. */
export function createMessageRate(perSecond: number, now: () => number = () => performance.now()): () => boolean {
  let tokens = 2 * perSecond;
  let last = now();
  return () => {
    const at = now();
    tokens = Math.min(2 * perSecond, tokens + ((at - last) / 1_000) * perSecond);
    last = at;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };
}
