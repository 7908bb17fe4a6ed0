import { userInputError } from './public-error.ts';
import { isStorableText } from './storable-text.ts';

/** A value that can stand in a cursor: a column that a list is sorted by. */
export type CursorValue = string | number | null;

/** Where a page of a connection begins and ends; the shape of the schema's PageInfo. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** A page as the schema's connections show it. */
export interface Connection<Node, Extra = unknown> {
  readonly edges: readonly ({ readonly cursor: string; readonly node: Node } & Extra)[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/**
 * An opaque cursor: the name of the list and its sort, then the sort columns of the row it points behind. The name keeps
 * a cursor of one list from being read as a position in another.
 */
export function toCursor(list: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([list, ...values])).toString('base64url');
}

/**
 * Reads a cursor back. `types` are the JavaScript types of the sort columns; a trailing "?" allows null. Throws
 * BAD_USER_INPUT for a cursor of another list, or one that we did not write.
 */
export function readCursor(
  list: string,
  types: readonly ('string' | 'number' | 'string?' | 'number?')[],
  cursor: string,
): CursorValue[] {
  const [name, ...values] = parseCursor(cursor);
  const fits = (value: unknown, type: string) =>
    value === null ? type.endsWith('?') : typeof value === type.replace('?', '') && canBeCompared(value);
  if (name !== list || values.length !== types.length || !types.every((type, i) => fits(values[i], type))) {
    throw userInputError(
      'The cursor is not from this list. Pass the endCursor of a page of the same list, or leave it out.',
    );
  }
  return values as CursorValue[];
}

/** Cursors are only encoded, so that anybody can write one: with text that Postgres refuses, or 1e999, which is read as Infinity. */
function canBeCompared(value: unknown): boolean {
  return typeof value === 'string' ? isStorableText(value) : Number.isFinite(value);
}

function parseCursor(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** A page size within 1 to `max`; throws BAD_USER_INPUT otherwise. Null counts as not given. */
export function readPageSize(first: number | null | undefined, fallback: number, max = 100): number {
  const size = first ?? fallback;
  if (!Number.isInteger(size) || size < 1 || size > max) throw userInputError(`Ask for 1 to ${max} at a time.`);
  return size;
}

/**
 * A page from rows of which one more than the page was read: the one too many says whether there is a next page.
 * `isFirstPage`: no cursor was given.
 */
export function toConnection<Row, Node = Row, Extra = unknown>(
  rows: readonly Row[],
  options: {
    readonly size: number;
    readonly isFirstPage: boolean;
    readonly cursorOf: (row: Row) => string;
    readonly nodeOf: (row: Row) => Node;
    readonly extraOf?: (row: Row) => Extra;
  },
): Connection<Node, Extra> {
  const edges = rows.slice(0, options.size).map((row) => ({
    cursor: options.cursorOf(row),
    node: options.nodeOf(row),
    ...(options.extraOf?.(row) as Extra),
  }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: rows.length > options.size,
      hasPreviousPage: !options.isFirstPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
