import { describe, expect, test } from 'vitest';
import { resolveSettings } from '../../../gateway/config.ts';
import { createBudgets, networkOf } from '../../../gateway/cost/budgets.ts';
import { createLiveMeter, leastPerMinute } from '../../../gateway/cost/live-meter.ts';
import { anonymous, createPrincipal } from '../../../gateway/identity/principal.ts';
import { roadNames, sendBy } from '../../attacks/roads.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { follow, startLiveGraph } from '../live/live-graph.ts';
import { Shelf } from '../live/shelf.ts';
import { post, startTestGraph } from '../server/test-graph.ts';

const person = (id: string) => createPrincipal({ caller: 'person', kind: 'staff', id, scopes: [], attributes: {} });
const limited = (anonymousBudget: number, personBudget = 600_000) => {
  const { limits } = resolveSettings();
  return {
    limits: {
      ...limits,
      anonymous: { ...limits.anonymous, costPerMinute: anonymousBudget },
      person: { ...limits.person, costPerMinute: personBudget },
    },
  };
};
/** Estimated 33; three users with two friends each are 9. */
const query = '{ page(first: 3) { friends { id } } }';

describe('a budget', () => {
  const nobody = (address: string) => ({ principal: anonymous, address });

  test('is spent, given back, and refuses what is more than is left', async () => {
    const budgets = createBudgets(() => 100);
    expect(await budgets.take(nobody('a'), 60)).toBe(40);
    await expect(budgets.take(nobody('a'), 41)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      status: 429,
      extensions: { perMinute: 100, retryAfterSeconds: 60 },
    });
    expect(await budgets.take(nobody('a'), 40)).toBe(0);
    budgets.correct(nobody('a'), 30);
    expect(await budgets.take(nobody('a'), 10)).toBe(20);
    budgets.correct(nobody('a'), -50);
    await expect(budgets.take(nobody('a'), 1)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  test("is the address's for nobody, and the person's wherever they are", async () => {
    const budgets = createBudgets(() => 10);
    await budgets.take(nobody('a'), 10);
    expect(await budgets.take(nobody('b'), 10)).toBe(0);
    await budgets.take({ principal: person('ada'), address: 'a' }, 10);
    await expect(budgets.take({ principal: person('ada'), address: 'c' }, 1)).rejects.toThrow(/spent/);
    expect(await budgets.take({ principal: person('grace'), address: 'a' }, 10)).toBe(0);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:1:aaaa::1', '2001:db8:0:1'],
    ['2001:db8:0:1:bbbb:1:2:3', '2001:db8:0:1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('an address counts by its network: %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('over budget', () => {
  test.each(roadNames)('an operation is refused with what a client can go by: %s', async (road) => {
    await using graph = await startTestGraph({
      ...limited(100),
      socketInitTimeoutMs: 20_000,
      costExtension: true,
    });
    const remaining = [];
    for (let time = 0; time < 8; time++) {
      const answer = await sendBy(road, graph.gateway.url, { query });
      remaining.push((answer as { extensions?: { cost?: { remaining?: number } } }).extensions?.cost?.remaining);
    }
    // What it did not come to was given back each time.
    expect(remaining).toEqual([91, 82, 73, 64, 55, 46, 37, 28]);
    const before = graph.accounts.seen.length;
    const refused = await sendBy(road, graph.gateway.url, { query });
    expect(refused?.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', perMinute: 100 });
    if (road === 'POST' || road === 'GET') expect(refused?.status).toBe(429);
    expect(graph.accounts.seen.length).toBe(before);
    // A smaller one still fits.
    expect((await sendBy(road, graph.gateway.url, { query: '{ me { name } }' }))?.data).toEqual({
      me: { name: 'Ada' },
    });
  });

  test('A57 forged addresses are one budget, unless a trusted proxy tells them', async () => {
    const spend = async (url: string, address: string) => {
      const answer = await post(url, { query }, { 'x-forwarded-for': address });
      // Whoever is refused for a while is told for how long, where every HTTP client looks.
      expect(Number(answer.headers.get('retry-after')) > 0).toBe(answer.status === 429);
      return answer.status;
    };
    await using open = await startTestGraph(limited(40));
    expect(await spend(open.gateway.url, '203.0.113.1')).toBe(200);
    expect(await spend(open.gateway.url, '203.0.113.2')).toBe(429);
    await using behind = await startTestGraph({ ...limited(40), trustedProxies: ['127.0.0.1'] });
    expect(await spend(behind.gateway.url, '203.0.113.1')).toBe(200);
    expect(await spend(behind.gateway.url, '203.0.113.1')).toBe(429);
    expect(await spend(behind.gateway.url, '203.0.113.2')).toBe(200);
    expect(await spend(behind.gateway.url, '203.0.113.66, 203.0.113.2')).toBe(429);
  });

  test('one person does not spend what is another one’s', async () => {
    await using graph = await startTestGraph(limited(40, 40), {
      identify: ({ authorization }) => (authorization === undefined ? anonymous : person(String(authorization))),
    });
    const spend = async (authorization: string) => (await post(graph.gateway.url, { query }, { authorization })).status;
    expect(await spend('ada')).toBe(200);
    expect(await spend('ada')).toBe(429);
    expect(await spend('grace')).toBe(200);
    expect((await post(graph.gateway.url, { query })).status).toBe(200);
  });

  test('requests whose variables do not fit are requests all the same', async () => {
    await using graph = await startTestGraph(limited(5));
    const wrong = { query: 'query ($n: Int) { page(first: $n) { id } }', variables: { n: 'x' } };
    const codes = [];
    for (let time = 0; time < 7; time++) {
      codes.push((await post(graph.gateway.url, wrong)).body.errors?.[0]?.extensions.code);
    }
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'BAD_USER_INPUT'), 'RATE_LIMITED', 'RATE_LIMITED']);
  });
});

describe('a live operation', () => {
  test('ends with an error that says when to come back, once its events have cost what there is', async () => {
    await using graph = await startLiveGraph({
      over: 'process',
      shelf: new Shelf(60_000),
      settings: { cost: 'enforce', ...limited(200) },
    });
    graph.shelf.change('one');
    const client = follow(graph.socketUrl);
    await waitUntil('the snapshot is there', () => client.events.length + client.errors.length > 0, 60_000);
    expect(client.errors).toEqual([]);
    let changes = 0;
    await waitUntil('its budget is spent', () => {
      if (client.errors.length > 0) return true;
      graph.shelf.change(`item ${changes++}`);
      return false;
    });
    expect(JSON.stringify(client.errors)).toMatch(/RATE_LIMITED.*retryAfterSeconds|retryAfterSeconds.*RATE_LIMITED/);
    // An event is 1 for its way, 3 for itself, a level and an item; opening it was more than 20 of the 200.
    expect(client.events.length).toBeGreaterThan(10);
    expect(client.events.length).toBeLessThan(70);
    await client.stop();
    await waitUntil('nothing runs', () => graph.shelf.running === 0);
  });

  test('costs each client its way and a share of what the event came to', async () => {
    const spentBy = async (clients: number): Promise<number> => {
      // All clients come from one address, and pay from one budget.
      await using graph = await startLiveGraph({
        over: 'process',
        shelf: new Shelf(60_000),
        settings: { cost: 'enforce', ...limited(300 * clients) },
      });
      graph.shelf.change('one');
      const crowd = Array.from({ length: clients }, () => follow(graph.socketUrl));
      await waitUntil(
        'all have the snapshot',
        () => crowd.every(({ events, errors }) => events.length + errors.length > 0),
        60_000,
      );
      expect(crowd.flatMap(({ errors }) => errors)).toEqual([]);
      let changes = 1;
      await waitUntil('a budget is spent', async () => {
        if (crowd.some(({ errors }) => errors.length > 0)) return true;
        graph.shelf.change('one');
        changes++;
        await waitUntil('it has come', () =>
          crowd.some(({ events, errors }) => errors.length > 0 || events.at(-1)?.cursor === `c${changes}`),
        );
        return false;
      });
      await Promise.all(crowd.map((client) => client.stop()));
      return changes;
    };
    // 300 for each: alone an event is 1 and 3, of four clients each pays 1 and 3/4.
    const alone = await spentBy(1);
    const together = await spentBy(4);
    expect(together).toBeGreaterThan(1.5 * alone);
  });

  test('costs a least sum for each minute, and is asked for in sums', async () => {
    let at = 0;
    const taken: number[] = [];
    const meter = createLiveMeter({ take: async (cost) => taken.push(cost), onSpent: () => undefined, now: () => at });
    for (let minute = 0; minute < 10; minute++) {
      meter.count(1);
      at += 60_000;
    }
    expect(taken.reduce((sum, cost) => sum + cost, 0)).toBeGreaterThanOrEqual(leastPerMinute * 5);
    expect(taken.every((cost) => cost >= 50)).toBe(true);
  });

  test('in normal running a till stays far below its budget', () => {
    // Four events a second of ten levels with their item, all for this till alone, and a snapshot of 20,000 levels.
    const { costPerMinute } = resolveSettings().limits.person;
    const event = 1 + 1 + 10 * 3;
    expect(4 * 60 * event + 20_000 * 3).toBeLessThan(costPerMinute / 4);
  });
});
