/** Codes of the gateway that mean: not now. Everything else stays wrong however often it is asked. */
const passingCodes: ReadonlySet<unknown> = new Set([
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_ERROR',
  'UPSTREAM_INVALID_RESPONSE',
  'OVERLOADED',
  'RATE_LIMITED',
  'SHUTTING_DOWN',
  'DEADLINE_EXCEEDED',
  'QUERY_TOO_COMPLEX', // it was planned before: the planner is busy
  'INTERNAL_SERVER_ERROR',
]);
/** Close codes that say that what we sent is wrong: bad message, not acknowledged, no rights, another protocol. */
const finalCloseCodes: ReadonlySet<unknown> = new Set([4400, 4401, 4403, 4406, 1002, 1003, 1007, 1009]);

/** Whether a subscription that ended so may be tried again: by the errors of its last message, or by how its socket closed. */
export function isPassing(reason: unknown): boolean {
  if (Array.isArray(reason)) return reason.length > 0 && reason.every((error) => passingCodes.has(codeOf(error)));
  if (typeof reason === 'object' && reason !== null && 'code' in reason) return !finalCloseCodes.has(reason.code);
  return true;
}

function codeOf(error: unknown): unknown {
  const extensions = (error as { readonly extensions?: { readonly code?: unknown } } | null)?.extensions;
  return extensions?.code;
}
