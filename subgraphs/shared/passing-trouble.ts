/** Codes of errors that a caller may try again after a while. */
export type PassingCode = 'UPSTREAM_UNAVAILABLE' | 'UPSTREAM_TIMEOUT';

/** SQLSTATE of a server that goes, comes, or has no connection left (class 08 aside), and of sockets below it. */
const away: ReadonlySet<unknown> = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
]);
/** A statement that ran into our time limit. */
const queryCancelled = '57014';
/** What `pg` and its pool say without a code. */
const awayMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Says of an error of the database whether it is only away or busy; undefined for everything else. Looks at causes, too. */
export function passingCodeOf(error: unknown): PassingCode | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = 'code' in at ? at.code : undefined;
    if (code === queryCancelled) return 'UPSTREAM_TIMEOUT';
    if (away.has(code) || (typeof code === 'string' && /^08...$/.test(code))) return 'UPSTREAM_UNAVAILABLE';
    if (awayMessages.test(at.message)) return 'UPSTREAM_UNAVAILABLE';
  }
  return undefined;
}
