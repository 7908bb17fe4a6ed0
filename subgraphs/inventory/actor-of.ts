import type { Caller } from '../shared/caller.ts';

/** A caller as movements and holds name it, such as till:camden-1. Kinds have no colon, so that no two callers share one. */
export function actorOf({ kind, id }: Caller): string {
  return `${kind}:${id}`;
}
