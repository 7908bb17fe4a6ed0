import { type Following, followFeed } from '../../../clients/live/follow-feed.ts';
import { createCutSockets } from './cut-sockets.ts';
import type { ShelfCopy } from './shelf-copy.ts';
import { type FollowedGraph, readShelf, type Till, tillQueries } from './till.ts';

/** A till with our own client, over WebSocket. */
export function openLiveClientTill(
  { graphqlUrl, authorization }: FollowedGraph,
  location: string,
  query: keyof typeof tillQueries,
  copy: ShelfCopy,
): Till {
  const sockets = createCutSockets();
  const open = (): Following =>
    followFeed<ReturnType<typeof readShelf>['items'][number]>({
      url: graphqlUrl.replace('http', 'ws'),
      query: tillQueries[query],
      variables: { location },
      cursor: copy.cursor,
      connectionParams: { authorization },
      webSocketImpl: sockets.CutSocket,
      read: readShelf,
      versionOf: ({ sku, version }) => ({ key: sku, version }),
      onEvent: ({ items, ...event }) => copy.apply({ ...event, levels: items }),
      onRefused: (errors) => copy.faults.push(`${copy.name} was refused: ${describe(errors)}`),
      onFault: (error) => copy.faults.push(`${copy.name} could not read an event: ${describe(error)}`),
      onHole: (key) => copy.faults.push(`${copy.name} saw a hole at ${key}`),
    });
  let following = open();
  return {
    ...sockets,
    copy,
    cut() {
      copy.comeBack(false);
      sockets.cut();
    },
    async restart(isLost) {
      await following.close();
      copy.comeBack(isLost);
      following = open();
    },
    async close() {
      sockets.wake();
      await following.close();
      sockets.cut();
    },
  };
}

function describe(errors: unknown): string {
  return errors instanceof Error ? String(errors) : (JSON.stringify(errors) ?? '').slice(0, 500);
}
