/** Where a piece of the proof stands: a file and words in it, such as a test's name. */
export type Place = readonly [file: string, words: string];

/** A line of the list of bad inputs: what arrives, what it gets, by which roads, and where that is tested. */
export interface AttackLine {
  readonly id: string;
  readonly arrives: string;
  readonly gets: string;
  readonly roads: string;
  readonly tests: readonly Place[];
}

export const everyRoad = 'POST, GET, both streams, WebSocket';

export function line(id: string, arrives: string, gets: string, roads: string, ...tests: readonly Place[]): AttackLine {
  return { id, arrives, gets, roads, tests };
}
