/** The feed and the titles, in a process of their own. */
import { answerParent } from '../../rig/processes/answer-parent.ts';
import { createSubgraph } from '../../rig/subgraphs/create-subgraph.ts';
import { serveSubgraphs } from '../../rig/subgraphs/serve-subgraphs.ts';
import type { SubgraphPorts } from '../graph/compose-live-graph.ts';
import { EventLog, itemCount } from './event-log.ts';
import { serveFeed } from './serve-feed.ts';

/** What the bench asks of the subgraphs. */
export type SubgraphQuestion =
  | { readonly ask: 'ports' }
  | { readonly ask: 'counts' }
  /** Events at a steady rate until the next question of this kind; 0 ends them. */
  | { readonly ask: 'emit'; readonly perSecond: number };

/** What happened since the process began. */
export interface SubgraphCounts {
  /** The number of the newest event. */
  readonly position: number;
  readonly subscriptionsOpened: number;
  readonly subscriptionsRunning: number;
  /** Requests for titles. */
  readonly requests: number;
}

const log = new EventLog();
const feed = await serveFeed(log);
const items = Array.from({ length: itemCount }, (_, id) => ({
  id: String(id),
  title: `Thing number ${id} of the shelf`,
  priceMinor: 100 + 7 * id,
}));
const field = (name: 'id' | 'title' | 'priceMinor') => ({ resolve: (item: (typeof items)[number]) => item[name] });
const titles = createSubgraph({
  types: {
    Query: { items: { resolve: () => itemCount } },
    Item: { id: field('id'), title: field('title'), priceMinor: field('priceMinor') },
  },
  findEntity: ({ id }) => items[Number(id)] ?? null,
});
const server = await serveSubgraphs(new Map([['titles', titles]]), { remembersAnswers: true });
let timer: NodeJS.Timeout | undefined;

function emitSteadily(perSecond: number): void {
  clearTimeout(timer);
  if (perSecond === 0) return;
  let due = performance.now();
  const tick = (): void => {
    feed.emit();
    due += 1_000 / perSecond;
    timer = setTimeout(tick, Math.max(0, due - performance.now()));
  };
  tick();
}

answerParent((question: SubgraphQuestion): SubgraphPorts | SubgraphCounts | number => {
  switch (question.ask) {
    case 'ports':
      return { feed: feed.port, titles: server.port };
    case 'counts':
      return {
        position: log.position,
        subscriptionsOpened: feed.opened,
        subscriptionsRunning: feed.running,
        requests: server.requestCount(),
      };
    case 'emit':
      emitSteadily(question.perSecond);
      return log.position;
    default:
      return question satisfies never;
  }
});
