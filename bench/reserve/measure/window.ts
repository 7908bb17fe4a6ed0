import type { ContenderName } from '../contenders/contenders.ts';
import type { CallersResult } from './run-callers.ts';

/** How reservations are asked for: as a command in process, or by a mutation over HTTP. */
export type Way = 'command' | 'graph';

/** What is measured: one contender, so many callers, so many SKUs. */
export interface Setting {
  readonly way: Way;
  readonly contender: ContenderName;
  readonly skuCount: number;
  readonly callers: number;
}

/** A setting in one round. */
export interface Window extends Setting, CallersResult {
  readonly round: number;
  /** The owner of the holds it made, by which the check at the end finds them. */
  readonly owner: string;
}
