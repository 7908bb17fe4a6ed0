import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/** The log of an owner's committed changes; see db/change-feed. */
export interface ChangeTable {
  /** The order of writing. Has holes, and rows with a smaller id may become visible later: for the sequencer only. */
  id: GeneratedAlways<number>;
  /** The place in the feed: 1, 2, 3 … without holes, in the order in which readers get them. Null until the sequencer has seen the row. */
  number: number | null;
  /** What kind of thing changed, for instance `stock`. */
  topic: string;
  /** Who is interested, for instance a location's id. */
  scope: string;
  /** What changed; changes of one key are never reordered. */
  key: string;
  /** The changed row's version, raised by one under its lock. */
  version: number;
  /** The state after the change, as JSON; written as JSON text. */
  payload: ColumnType<unknown, string, never>;
  recorded_at: Generated<Date>;
}

/** One row for each owner: where the feed stands. Its lock is the fence that lets one sequencer at a time number rows. */
export interface ChangeFeedStateTable {
  /** Always true: there is one row. */
  is_only: Generated<boolean>;
  /** Which life of the feed this is; raised by a restore. Milliseconds since 1970 when it began, so that no two lives share one. */
  epoch: number;
  last_number: Generated<number>;
  /** Changes up to this number were removed by retention. */
  pruned_to: Generated<number>;
  /** Signs the feed's cursors. */
  cursor_key: Buffer;
  /** Which database this is (cluster, timeline, database): another one than noted means that it was restored. */
  database_identity: string;
}

/** What an owner with a feed has. */
export interface ChangeFeedDatabase {
  change: ChangeTable;
  change_feed_state: ChangeFeedStateTable;
}
