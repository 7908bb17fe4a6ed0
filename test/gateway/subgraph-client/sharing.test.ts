import { describe, expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { openTestSubgraph, ways } from './open-test-subgraph.ts';
import { openClient, requestOf } from './test-request.ts';

describe.each(ways)('equal queries in flight, %s', (way) => {
  async function openGated() {
    const gate = Promise.withResolvers<void>();
    const subgraph = await openTestSubgraph(way, async () => {
      await gate.promise;
      return { data: { list: [{ n: 1 }] } };
    });
    let shared = 0;
    const client = openClient(subgraph.target, {}, { callShared: () => shared++ });
    return { ...subgraph, client, openGate: () => gate.resolve(), sharedCalls: () => shared };
  }

  test('of one audience are sent once, and each caller may change its answer', async () => {
    const { client, seen, openGate, sharedCalls } = await openGated();
    const calls = [1, 2, 3].map(() => client.execute(requestOf({ sharing: true })));
    openGate();
    const responses = await Promise.all(calls);
    expect(seen).toHaveLength(1);
    expect(sharedCalls()).toBe(2);
    const lists = responses.map(({ data }) => (data as { list: { n: number }[] }).list);
    lists[0]?.push({ n: 2 });
    lists[1]?.splice(0);
    expect(lists.map((list) => list.length)).toEqual([2, 0, 1]);
  });

  test.each([
    ['another audience', { audience: 'somebody else' }],
    ['other variables', { variablesText: '{"v":1}' }],
    ['another document', { query: '{ b }' }],
    ['sharing switched off', { sharing: false }],
  ])('are not shared with %s', async (_name, changes) => {
    const { client, seen, openGate } = await openGated();
    const calls = [requestOf({ sharing: true }), requestOf({ sharing: true, ...changes })].map((each) =>
      client.execute(each),
    );
    openGate();
    await Promise.all(calls);
    expect(seen).toHaveLength(2);
  });

  test('go on for the others when one caller leaves, even the first', async () => {
    const { client, seen, openGate } = await openGated();
    const leaving = new AbortController();
    const first = client.execute(requestOf({ sharing: true, signal: leaving.signal }));
    const second = client.execute(requestOf({ sharing: true }));
    await waitUntil('the call arrives', () => seen.length === 1);
    leaving.abort(new Error('left'));
    await expect(first).rejects.toThrow('left');
    expect(seen[0]?.signal.aborted).toBe(false);
    openGate();
    await expect(second).resolves.toMatchObject({ data: { list: [{ n: 1 }] } });
  });

  test('are cancelled when the last caller leaves, and a new caller does not join the cancelled call', async () => {
    const { client, seen, openGate } = await openGated();
    const leaving = [new AbortController(), new AbortController()];
    const calls = leaving.map(({ signal }) => client.execute(requestOf({ sharing: true, signal })));
    await waitUntil('the call arrives', () => seen.length === 1);
    for (const each of leaving) each.abort(new Error('left'));
    const late = client.execute(requestOf({ sharing: true }));
    await expect(Promise.all(calls)).rejects.toThrow('left');
    await waitUntil('the call is cancelled', () => seen[0]?.signal.aborted);
    openGate();
    await expect(late).resolves.toMatchObject({ data: {} });
    expect(seen).toHaveLength(2);
  });

  test('do not reach behind a mutation: who has written reads what was written', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let reads = 0;
    const { target, seen } = await openTestSubgraph(way, async ({ query }) => {
      if (query.startsWith('mutation')) return { data: {} };
      await gates[reads++]?.promise;
      return { data: {} };
    });
    const client = openClient(target);
    const before = client.execute(requestOf({ sharing: true }));
    await waitUntil('the query arrives', () => seen.length === 1);
    await client.execute(requestOf({ query: 'mutation { write }' }));
    const after = client.execute(requestOf({ sharing: true }));
    await waitUntil('the second query arrives', () => seen.length === 3);
    for (const gate of gates) gate.resolve();
    await Promise.all([before, after]);
  });

  test('fail together, and the next one is sent anew', async () => {
    let isBroken = true;
    const { target, seen } = await openTestSubgraph(way, async () => (isBroken ? null : { data: {} }));
    const client = openClient(target);
    const calls = [1, 2].map(() => client.execute(requestOf({ sharing: true })));
    const ends = await Promise.allSettled(calls);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    await expect(client.execute(requestOf({ sharing: true }))).resolves.toMatchObject({ data: {} });
    expect(seen).toHaveLength(2);
  });
});
