/** A row as it stands in the file. */
export interface Row {
  /** Where it begins, 1 being the first line of the file. */
  readonly line: number;
  /** What stands in a column (CSV), or under a path such as location.lat (NDJSON); undefined when there is none. */
  read(column: string): unknown;
}

/** A row that could not be read; it is refused with the problem as its reason. */
export interface BrokenRow {
  readonly line: number;
  readonly problem: string;
}

/** Whether a row could be read. */
export function isBroken(row: Row | BrokenRow): row is BrokenRow {
  return 'problem' in row;
}
