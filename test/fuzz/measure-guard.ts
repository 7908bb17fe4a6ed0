import { createShapeReader } from '../../gateway/transport/document-shape.ts';
import { createRequestGuard } from '../../gateway/transport/request-guard.ts';
import type { RequestLimits } from '../../gateway/transport/request-limits.ts';

const endless = Number.POSITIVE_INFINITY;
/** Nothing is refused, so that all of a document is walked over. */
const noLimits: RequestLimits = {
  bodyBytes: endless,
  documentChars: endless,
  tokens: endless,
  depth: endless,
  aliases: endless,
  rootFields: endless,
  mutationRootFields: endless,
  selections: endless,
  cost: endless,
  costPerMinute: endless,
  listItems: endless,
  sockets: endless,
  subscriptions: endless,
  messagesPerSecond: endless,
  isIntrospectionAllowed: true,
};

/** Has a new guard, which knows nothing yet, look at a request. */
export function guardOnce(document: string, variables: unknown): void {
  createRequestGuard(createShapeReader(endless))({ bodyBytes: 0, isReadOnly: false, document, variables }, noLimits);
}

/** Milliseconds that the request guard takes for a document that it has not seen: the least of some runs, to which a busy machine adds little. */
export function measureGuardMs(document: string, variables: unknown, runs: number): number {
  let least = endless;
  for (let run = 0; run < runs; run++) {
    const before = performance.now();
    guardOnce(document, variables);
    least = Math.min(least, performance.now() - before);
  }
  return least;
}

/** The largest member of a family that is not longer than `chars`. */
export function ofLength(family: (size: number) => string, chars: number): string {
  const [one, many] = [family(10).length, family(20).length];
  let size = Math.max(1, Math.floor((chars / Math.max(1, many - one)) * 10));
  while (size > 1 && family(size).length > chars) size = Math.floor(size * 0.9);
  return family(size);
}

/** Variables that get large. */
export const variableFamilies: Readonly<Record<string, (size: number) => unknown>> = {
  'a list': (size) => ({ v: Array.from({ length: size }, () => 1) }),
  'lists of lists': (size) => ({
    v: Array.from({ length: Math.ceil(size / 20) }, () => Array.from({ length: 20 }, () => [1])),
  }),
  keys: (size) => Object.fromEntries(Array.from({ length: size }, (_, at) => [`k${at}`, null])),
  texts: (size) => ({ v: Array.from({ length: size }, () => 'é') }),
  'one text': (size) => ({ v: 'x'.repeat(size) }),
};
