/** The largest instant, in microseconds, that a JavaScript number holds exactly: in the year 2255. */
const maxMicroseconds = Number.MAX_SAFE_INTEGER;

/**
 * Microseconds since 1970 as text for Postgres. Postgres counts time in microseconds and a JavaScript Date in
 * milliseconds: a cursor made of a Date would skip or repeat rows of the same millisecond. Undefined for a number that is
 * no such instant, since cursors come from outside.
 */
export function fromMicroseconds(microseconds: number): string | undefined {
  if (!Number.isInteger(microseconds) || Math.abs(microseconds) > maxMicroseconds) return undefined;
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = microseconds - milliseconds * 1000;
  return new Date(milliseconds).toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`);
}
