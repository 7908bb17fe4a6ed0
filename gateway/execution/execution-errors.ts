/** An error as the client will read it. */
export interface ClientError {
  message: string;
  /** In the client's response keys; undefined when it belongs to no field. */
  path: readonly (string | number)[] | undefined;
  readonly code: string;
}

/** The errors of one execution, at most `limit` of them; the rest is only counted. */
export interface ExecutionErrors {
  readonly kept: readonly ClientError[];
  readonly isFull: boolean;
  add(error: ClientError): void;
  /** True when some error's path lies at, above or below this one: its null is explained. */
  covers(path: readonly (string | number)[]): boolean;
}

const maxMessageLength = 1_000;

/** A subgraph may send a million errors, or one for each of 10,000 places: a response carries at most `limit`. */
export function createExecutionErrors(limit: number): ExecutionErrors {
  const kept: ClientError[] = [];
  return {
    kept,
    get isFull() {
      return kept.length >= limit;
    },
    add(error) {
      if (kept.length >= limit) return;
      kept.push(
        error.message.length > maxMessageLength
          ? { ...error, message: error.message.slice(0, maxMessageLength) }
          : error,
      );
    },
    covers: (path) =>
      kept.length >= limit || kept.some((error) => error.path !== undefined && overlap(error.path, path)),
  };
}

function overlap(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) if (one[index] !== other[index]) return false;
  return true;
}
