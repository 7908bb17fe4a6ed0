import type { CallerClass } from '../identity/principal.ts';
import type { RequestLimits } from '../transport/request-limits.ts';

/** Defaults of the limits, one column for each class of caller. */
export const limitTable = {
  bodyBytes: { values: [64 * 1024, 256 * 1024, 256 * 1024, 2 * 1024 * 1024], meaning: 'Bytes of a request body.' },
  documentChars: { values: [16_000, 16_000, 16_000, 16_000], meaning: 'Characters of a document.' },
  tokens: { values: [1_000, 2_000, 4_000, 4_000], meaning: 'Tokens of a document.' },
  depth: { values: [12, 14, 14, 14], meaning: 'Fields below fields, fragments counted.' },
  aliases: { values: [30, 30, 30, 30], meaning: 'Aliases in a document.' },
  rootFields: { values: [10, 10, 10, 10], meaning: 'Root fields of an operation.' },
  mutationRootFields: { values: [3, 3, 3, 3], meaning: 'Root fields of a mutation.' },
  selections: { values: [2_000, 2_000, 2_000, 2_000], meaning: 'Fields after expanding fragments.' },
  cost: { values: [1_000, 5_000, 5_000, 20_000], meaning: 'What one operation may cost (`@cost`, `@listSize`).' },
  costPerMinute: {
    values: [100_000, 600_000, 300_000, 1_200_000],
    meaning: 'What a caller may spend in a minute; an address together for callers without a name.',
  },
  listItems: { values: [100, 1_000, 1_000, 10_000], meaning: 'Items of one list in the variables or the document.' },
  sockets: {
    values: [5, 50, 20, 50],
    meaning: 'WebSockets and event streams at a time; of one address for callers without a name.',
  },
  subscriptions: { values: [5, 20, 20, 20], meaning: 'Operations at a time on one WebSocket.' },
  messagesPerSecond: {
    values: [20, 20, 20, 20],
    meaning: 'Messages and pings on one WebSocket; twice as many at once.',
  },
} as const satisfies Record<Exclude<keyof RequestLimits, 'isIntrospectionAllowed'>, LimitRow>;

interface LimitRow {
  readonly values: readonly [anonymous: number, person: number, partner: number, system: number];
  readonly meaning: string;
}

export type LimitName = keyof typeof limitTable;

/** The variable of one limit in the environment. */
export function limitEnv(caller: CallerClass, name: string): string {
  return `GATEWAY_LIMIT_${caller}_${name.replace(/[A-Z]/g, '_$&')}`.toUpperCase();
}
