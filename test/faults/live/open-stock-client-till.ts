import { followShelf } from '../../../clients/live/examples/stock-graphql-ws.ts';
import { createCutSockets } from './cut-sockets.ts';
import type { ShelfCopy } from './shelf-copy.ts';
import { type FollowedGraph, readShelf, type Till, tillQueries } from './till.ts';

/** A till with stock graphql-ws, by the example that we publish. */
export function openStockClientTill(
  { graphqlUrl, authorization }: FollowedGraph,
  location: string,
  copy: ShelfCopy,
): Till {
  const sockets = createCutSockets();
  const open = () =>
    followShelf({
      url: graphqlUrl.replace('http', 'ws'),
      query: tillQueries.joined,
      variables: { location },
      stored: copy,
      connectionParams: { authorization },
      webSocketImpl: sockets.CutSocket,
      apply(stockChanged, isConflated) {
        const { items, ...event } = readShelf({ stockChanged });
        copy.apply({ ...event, levels: items, isConflated });
      },
    });
  let close = open();
  return {
    ...sockets,
    copy,
    cut() {
      copy.comeBack(false);
      sockets.cut();
    },
    async restart(isLost) {
      close();
      sockets.cut();
      copy.comeBack(isLost);
      close = open();
    },
    async close() {
      sockets.wake();
      close();
      sockets.cut();
    },
  };
}
