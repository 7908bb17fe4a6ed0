/** Microseconds of the machine's monotonic clock: the same in all processes of a machine, whatever sets its time of day. */
export function monotonicUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e6 + Math.floor(nanoseconds / 1e3);
}
