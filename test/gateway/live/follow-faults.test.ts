import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type FollowOptions, followFeed } from '../../../clients/live/follow-feed.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type ChangedEvent, changedQuery, startLiveGraph } from './live-graph.ts';
import { Shelf } from './shelf.ts';

type Level = ChangedEvent['levels'][number];

const mistake = new TypeError('a mistake of the caller');

/** Throws for what is no snapshot. */
function failOnChange(kind: string): void {
  if (kind === 'CHANGES') throw mistake;
}

const read: FollowOptions<Level>['read'] = (data) => {
  const { kind, cursor, levels: items } = data.changed as ChangedEvent & { kind: 'CHANGES' };
  return { kind, cursor, items };
};

test('who is refused is told once, and does not ask again', async () => {
  await using graph = await startLiveGraph({ over: 'process', shelf: new Shelf() });
  const sockets: WebSocket[] = [];
  class KeptSocket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  const refusals: unknown[] = [];
  const silenceMs = 150;
  const common = {
    url: graph.socketUrl,
    variables: { shelf: 'a' },
    read,
    versionOf: () => ({ key: '', version: 1 }),
    silenceMs,
  };
  const refused = followFeed<Level>({
    ...common,
    query: 'subscription { nothing { cursor } }',
    webSocketImpl: KeptSocket,
    onEvent: () => undefined,
    onRefused: (errors) => refusals.push(errors),
  });
  await waitUntil(
    'it is refused, and its socket goes',
    () => refusals.length > 0 && sockets[0]?.readyState === WebSocket.CLOSED,
  );
  let beats = 0;
  const other = followFeed<Level>({
    ...common,
    query: changedQuery,
    silenceMs: 10_000,
    webSocketImpl: WebSocket,
    onEvent: ({ kind }) => {
      if (kind === 'HEARTBEAT') beats++;
    },
  });
  await waitUntil('more time has passed than a silence takes', () => beats >= 4);
  expect(refusals).toMatchObject([[{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]]);
  expect(sockets.length).toBe(1);
  await Promise.all([refused.close(), other.close()]);
});

test.each<[string, Partial<FollowOptions<Level>>]>([
  [
    'read',
    {
      read: (data) => {
        const { kind, cursor, levels: items } = data.changed as ChangedEvent & { kind: 'CHANGES' };
        failOnChange(kind);
        return { kind, cursor, items };
      },
    },
  ],
  [
    'versionOf',
    {
      versionOf: () => {
        throw mistake;
      },
    },
  ],
  ['onEvent', { onEvent: ({ kind }) => failOnChange(kind) }],
])('when %s throws, following ends with the cursor before, and it is told once', async (_what, own) => {
  const shelf = new Shelf(600_000);
  await using graph = await startLiveGraph({ over: 'process', shelf });
  const faults: unknown[] = [];
  let sockets = 0;
  class CountedSocket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols);
      sockets++;
    }
  }
  const following = followFeed<Level>({
    url: graph.socketUrl,
    query: changedQuery,
    variables: { shelf: 'a' },
    webSocketImpl: CountedSocket,
    read,
    versionOf: ({ item, version }) => ({ key: item.id, version }),
    onEvent: () => undefined,
    onFault: (error) => faults.push(error),
    ...own,
  });
  await waitUntil('the snapshot is there', () => following.cursor === 'c0');
  shelf.change('one');
  await waitUntil('it is told', () => faults.length > 0);
  // Nobody follows any more: the upstream goes when it has lingered, and no second socket comes for it.
  await waitUntil('nothing runs', () => shelf.running === 0);
  expect(faults).toEqual([mistake]);
  expect(following.cursor).toBe('c0');
  expect(sockets).toBe(1);
  await following.close();
});
