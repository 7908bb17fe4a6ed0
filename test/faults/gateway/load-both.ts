import type { FileGraph } from './open-graph.ts';
import { type SteadyLoad, startSteadyLoad } from './steady-load.ts';

const titles = ['Emma', 'Persuasion', 'Middlemarch'];
const borrowers = ['Ada', 'Bob', 'Cyd'];
const authors = ['Austen', 'Austen', 'Eliot'];
const untouchedQuery = 'query ($id: ID!) { book(id: $id) { title author { name } } }';
const touchingQuery = 'query ($id: ID!) { book(id: $id) { title lentTo } }';

export interface BothLoads {
  /** Queries that do not touch the subgraph `loans`. */
  readonly untouched: SteadyLoad;
  /** Queries that do. Each has to give either all of the data, or the rest of it with one error for what is away. */
  readonly touching: SteadyLoad;
  /** Answers of `touching` in which what is lent was there, and in which it was not. */
  readonly counts: { whole: number; partial: number };
  stop(): Promise<void>;
}

/** Loads a graph whose `loans` will be killed, both with queries that need it and with others. */
export function loadBoth(graph: FileGraph, perSecond: number): BothLoads {
  const counts = { whole: 0, partial: 0 };
  const toBody = (query: string) => (n: number) => ({ query, variables: { id: String((n % 3) + 1) } });
  const untouched = startSteadyLoad({
    url: graph.url,
    perSecond,
    toBody: toBody(untouchedQuery),
    judge(text, n) {
      const book = { title: titles[n % 3], author: { name: authors[n % 3] } };
      return text === JSON.stringify({ data: { book } }) ? undefined : text;
    },
  });
  const touching = startSteadyLoad({
    url: graph.url,
    perSecond: perSecond / 4,
    toBody: toBody(touchingQuery),
    judge(text, n) {
      const { data, errors } = JSON.parse(text) as {
        data?: { book?: { title?: string; lentTo?: string | null } | null };
        errors?: { path: unknown; extensions: { code: string } }[];
      };
      const { title, lentTo } = data?.book ?? {};
      if (title !== titles[n % 3]) return text;
      if (errors === undefined) {
        counts.whole++;
        return lentTo === borrowers[n % 3] ? undefined : text;
      }
      counts.partial++;
      const [error] = errors;
      const isClean = errors.length === 1 && error?.extensions.code === 'UPSTREAM_UNAVAILABLE' && lentTo === null;
      return isClean && JSON.stringify(error.path) === '["book","lentTo"]' ? undefined : text;
    },
  });
  return {
    untouched,
    touching,
    counts,
    stop: async () => {
      await Promise.all([untouched.stop(), touching.stop()]);
    },
  };
}
