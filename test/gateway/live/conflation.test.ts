import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { conflateEvents } from '../../../gateway/live/conflate-events.ts';
import { findConflationPlaces } from '../../../gateway/live/conflation-places.ts';
import type { LiveEvent } from '../../../gateway/live/live-event.ts';
import type { LiveFeed } from '../../../gateway/live/live-feed.ts';

const feed: LiveFeed = {
  resumeArgument: 'after',
  cursorField: 'cursor',
  audience: 'EVERYBODY',
  kindField: 'kind',
  changesKind: 'CHANGES',
  snapshotKind: 'SNAPSHOT',
  conflateList: 'levels',
  conflateKey: [['shelf'], ['variant', 'sku']],
};

const event = (kind: string, data: object): LiveEvent => ({
  cursor: 'c',
  kind,
  body: Buffer.from(JSON.stringify({ data })),
  hasErrors: false,
  at: 0,
});

/** The data of what becomes of the events for a client with this selection; undefined when they stay as they are. */
function conflate(selection: string, ...events: readonly LiveEvent[]): unknown {
  const places = findConflationPlaces(parse(`subscription { ${selection} }`), undefined, feed);
  const body = places && conflateEvents(events, feed, places);
  return body === undefined ? undefined : JSON.parse(body.toString());
}

describe('the newest of each key is found whatever the client calls its fields', () => {
  test.each([
    ['by their own names', 'changed', 'levels', 'shelf', 'variant', 'sku', 'cursor'],
    ['by aliases', 'it', 'items', 's', 'v', 'k', 'c'],
    ['by aliases that are names of others', 'changed', 'cursor', 'sku', 'shelf', 'variant', 'levels'],
  ])('%s', (_how, root, list, shelf, variant, sku, cursor) => {
    const selection = `${root}: changed { ${cursor}: cursor ${list}: levels {
      version ${shelf}: shelf ${variant}: variant { ${sku}: sku } } }`;
    const item = (version: number, name: string) => ({ version, [shelf]: 'a', [variant]: { [sku]: name } });
    const at = (position: string, ...items: object[]) => ({ [root]: { [cursor]: position, [list]: items } });
    const conflated = conflate(
      selection,
      event('CHANGES', at('c1', item(1, 'one'), item(1, 'two'))),
      event('CHANGES', at('c2', item(2, 'one'))),
      event('HEARTBEAT', at('c3')),
    );
    expect(conflated).toEqual({
      data: at('c3', item(1, 'two'), item(2, 'one')),
      extensions: { live: { conflated: true, events: 3 } },
    });
  });

  test('in fragments, and in parts of one field', () => {
    const document = parse(`
      subscription { changed { ...All levels { variant { id } } } }
      fragment All on Changed { levels { shelf ... on Level { variant { sku } } } }
    `);
    expect(findConflationPlaces(document, undefined, feed)).toEqual({
      list: 'levels',
      key: [['shelf'], ['variant', 'sku']],
      cursor: undefined,
    });
  });
});

test.each([
  ['a part of the key is not selected', 'changed { levels { shelf variant { id } } }'],
  ['the list is not selected', 'changed { cursor }'],
  ['another field wears the name of the key', 'changed { levels { shelf variant: location { sku: id } } }'],
  ['the name stands for two fields', 'changed { levels { shelf variant { ... on A { sku } ... on B { sku: id } } } }'],
])('when %s, nothing is conflated', (_why, selection) => {
  expect(findConflationPlaces(parse(`subscription { ${selection} }`), undefined, feed)).toBeUndefined();
});

test('an item without a key keeps events as they are', () => {
  const data = { changed: { levels: [{ shelf: 'a', variant: null }] } };
  expect(conflate('changed { levels { shelf variant { sku } } }', event('CHANGES', data))).toBeUndefined();
});
