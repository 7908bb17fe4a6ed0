/** Before the next try after so many failures in a row: 50 ms, doubling to 5 s, the half of it by chance so that a crowd spreads. */
export function retryDelayMs(failures: number, random: number = Math.random()): number {
  const fullMs = Math.min(5_000, 50 * 2 ** Math.min(failures, 10));
  return fullMs / 2 + (fullMs / 2) * random;
}
