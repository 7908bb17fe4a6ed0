import type { Change, Interest, Position } from './position.ts';

/** The newest stretch of the feed, kept in memory so that any number of readers cost one read of the table. */
export interface RecentChanges {
  /** Up to where it reaches; undefined before anything is known. */
  readonly head: Position | undefined;
  /** Forgets everything and begins at a position. */
  reset(head: Position | undefined): void;
  /** Adds what comes right after the head. The oldest batches go when there are too many changes. */
  add(changes: readonly Change[], head: Position): void;
  /** Changes of interest after a position, at most `limit`; undefined when the position is not within the stretch. */
  find(
    after: Position,
    interest: Interest,
    limit: number,
  ): { readonly changes: readonly Change[]; readonly position: Position } | undefined;
}

interface Batch {
  readonly to: number;
  readonly count: number;
  readonly byScope: ReadonlyMap<string, readonly Change[]>;
}

/** @param maxCount how many changes are kept at most, rounded to whole batches; 20,000 are some 10 MB */
export function createRecentChanges(maxCount = 20_000): RecentChanges {
  let head: Position | undefined;
  let start = 0; // everything after this number is here
  let count = 0;
  let batches: Batch[] = [];
  return {
    get head() {
      return head;
    },
    reset: (position) => {
      [head, start, count, batches] = [position, position?.number ?? 0, 0, []];
    },
    add: (changes, position) => {
      head = position;
      if (changes.length === 0) return;
      batches.push({ to: position.number, count: changes.length, byScope: groupByScope(changes) });
      count += changes.length;
      while (count > maxCount && batches.length > 1) {
        const oldest = batches.shift();
        start = oldest?.to ?? start;
        count -= oldest?.count ?? 0;
      }
    },
    find: (after, interest, limit) => {
      if (head === undefined || after.epoch !== head.epoch || after.number < start || after.number > head.number)
        return undefined;
      const keys = [...new Set(interest.scopes)].map((scope) => scopeKey(interest.topic, scope));
      const found: Change[] = [];
      for (const batch of batches.slice(firstAfter(batches, after.number))) {
        const parts = keys.flatMap((key) => batch.byScope.get(key) ?? []);
        const wanted = parts.filter((change) => change.number > after.number);
        if (keys.length > 1) wanted.sort((a, b) => a.number - b.number);
        for (const change of wanted) {
          if (found.length === limit)
            return { changes: found, position: { epoch: head.epoch, number: found.at(-1)?.number ?? 0 } };
          found.push(change);
        }
      }
      return { changes: found, position: head };
    },
  };
}

/** The place of the first batch that reaches beyond a number. Readers are mostly at the end, so it is looked for from there. */
function firstAfter(batches: readonly Batch[], number: number): number {
  let place = batches.length;
  while (place > 0 && (batches[place - 1]?.to ?? 0) > number) place -= 1;
  return place;
}

function groupByScope(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  return Map.groupBy(changes, (change) => scopeKey(change.topic, change.scope));
}

function scopeKey(topic: string, scope: string): string {
  return `${topic}\0${scope}`;
}
