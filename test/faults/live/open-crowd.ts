import { openEventStreamTill } from './open-event-stream-till.ts';
import { openLiveClientTill } from './open-live-client-till.ts';
import { openStockClientTill } from './open-stock-client-till.ts';
import { ShelfCopy } from './shelf-copy.ts';
import type { FollowedGraph, Till } from './till.ts';

/** Two tills with our client, one with stock graphql-ws and one over an event stream for each location. */
export function openCrowd(graph: FollowedGraph, locations: readonly string[], mayRestore = false): readonly Till[] {
  return locations.flatMap((location) => {
    const copy = (kind: string): ShelfCopy => new ShelfCopy(`${kind} till of ${location}`, location, mayRestore);
    return [
      openLiveClientTill(graph, location, 'plain', copy('first')),
      openLiveClientTill(graph, location, 'joined', copy('joined')),
      openStockClientTill(graph, location, copy('graphql-ws')),
      openEventStreamTill(graph, location, copy('event stream')),
    ];
  });
}
