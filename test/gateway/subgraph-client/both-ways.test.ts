import { describe, expect, test } from 'vitest';
import { waitUntil } from '../../support/wait-until.ts';
import { openTestSubgraph, ways } from './open-test-subgraph.ts';
import { openClient, requestOf } from './test-request.ts';

const forever = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );

describe.each(ways)('a subgraph reached %s', (way) => {
  test('is sent query, variables and headers, and its data and errors come back', async () => {
    const answer = { data: { a: [1, { b: null }] }, errors: [{ message: 'x', path: ['a'] }], extensions: { z: 1 } };
    const { target, seen } = await openTestSubgraph(way, async () => answer);
    const headers = { traceparent: '00-1-2-01', 'x-request-id': 'r1' };
    const response = await openClient(target).execute(requestOf({ variablesText: '{"v":[1,"é"]}', headers }));
    expect(response).toEqual({ data: answer.data, errors: answer.errors });
    expect(seen[0]).toMatchObject({ query: '{ a }', variables: { v: [1, 'é'] }, headers });
  });

  test('that does not answer is given up at the deadline, and hears of it', async () => {
    const { target, seen } = await openTestSubgraph(way, ({ signal }) => forever(signal));
    const call = openClient(target, { deadlineMs: 60 }).execute(requestOf());
    await expect(call).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    await waitUntil('the subgraph hears of it', () => seen[0]?.signal.aborted);
  });

  test('is cancelled when the client leaves', async () => {
    const { target, seen } = await openTestSubgraph(way, ({ signal }) => forever(signal));
    const leaving = new AbortController();
    const call = openClient(target).execute(requestOf({ signal: leaving.signal }));
    await waitUntil('the request arrives', () => seen.length === 1);
    leaving.abort(new Error('left'));
    await expect(call).rejects.toThrow('left');
    await waitUntil('the subgraph hears of it', () => seen[0]?.signal.aborted);
  });

  test('is not called at all for a client that has left already', async () => {
    const { target, seen } = await openTestSubgraph(way, async () => ({ data: {} }));
    const call = openClient(target).execute(requestOf({ signal: AbortSignal.abort(new Error('gone')) }));
    await expect(call).rejects.toThrow('gone');
    expect(seen).toHaveLength(0);
  });

  test('that fails is unavailable, and is not asked again', async () => {
    const { target, seen } = await openTestSubgraph(way, async () => {
      throw new Error('secret reason');
    });
    const call = openClient(target).execute(requestOf());
    await expect(call).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.not.stringContaining('secret'),
    });
    expect(seen).toHaveLength(1);
  });

  test.each([
    ['null', null],
    ['a list', [1]],
    ['a text', 'hello'],
    ['an object without data and errors', { a: 1 }],
    ['errors that are no list', { errors: 'x' }],
  ])('that answers %s has given an invalid answer', async (_name, answer) => {
    const { target } = await openTestSubgraph(way, async () => answer);
    await expect(openClient(target).execute(requestOf())).rejects.toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
  });

  test('that answers with __proto__ keys changes no prototype', async () => {
    const hostile = JSON.parse(
      '{"data":{"__proto__":{"polluted":1},"a":{"__proto__":{"polluted":1}}},"__proto__":{"x":1}}',
    );
    const { target } = await openTestSubgraph(way, async () => hostile);
    await openClient(target).execute(requestOf());
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('that is left alone after many failures is tried once after a pause, and used again when that works', async () => {
    let isBroken = true;
    const phases: string[] = [];
    const { target, seen } = await openTestSubgraph(way, async () => {
      if (isBroken) throw new Error('broken');
      return { data: {} };
    });
    const settings = { breakerFailures: 3, breakerOpenMs: 50 };
    const client = openClient(target, settings, { breakerChanged: (_subgraph, phase) => phases.push(phase) });
    for (let call = 0; call < 5; call++) {
      await expect(client.execute(requestOf())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    }
    expect(seen).toHaveLength(3);
    isBroken = false;
    await waitUntil('a call comes through', () => client.execute(requestOf()).catch(() => undefined));
    expect(phases).toEqual(['open', 'half-open', 'closed']);
    expect(seen).toHaveLength(4);
  });

  test('that is full refuses further calls at once', async () => {
    const { target, seen } = await openTestSubgraph(way, ({ signal }) => forever(signal));
    const client = openClient(target, { maxInFlight: 1 });
    const leaving = new AbortController();
    const first = client.execute(requestOf({ signal: leaving.signal }));
    await waitUntil('the first arrives', () => seen.length === 1);
    await expect(client.execute(requestOf())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    leaving.abort();
    await expect(first).rejects.toThrow();
  });

  test('is not called any more once its client is closed', async () => {
    const { target, seen } = await openTestSubgraph(way, async () => ({ data: {} }));
    const client = openClient(target);
    await client.close();
    await client.close();
    await expect(client.execute(requestOf())).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    expect(seen).toHaveLength(0);
  });

  test('tells how every call ended', async () => {
    const outcomes: string[] = [];
    const { target } = await openTestSubgraph(way, async ({ variables, signal }) => {
      if (variables.v === 'slow') return forever(signal);
      return variables.v === 'bad' ? null : { data: {} };
    });
    const client = openClient(target, { deadlineMs: 200 }, { callEnded: ({ outcome }) => outcomes.push(outcome) });
    for (const value of ['good', 'bad', 'slow']) {
      await client.execute(requestOf({ variablesText: JSON.stringify({ v: value }) })).catch(() => undefined);
    }
    expect(outcomes).toEqual(['ok', 'invalid', 'timeout']);
  });
});
