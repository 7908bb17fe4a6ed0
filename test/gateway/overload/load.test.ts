import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createPrincipal, type Identify } from '../../../gateway/identity/principal.ts';
import { prioritiesSchema } from '../../../gateway/overload/priority-settings.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { post, startTestGraph } from '../server/test-graph.ts';

const clients = 300;
const devices = 10;
const operationsOfADevice = 10;

const identify: Identify = ({ authorization }) => {
  const kind = authorization === 'Bearer device' ? 'device' : 'anonymous';
  return createPrincipal({ caller: 'person', kind, id: kind, scopes: [], attributes: {} });
};

test('an event loop that does not keep up learns how much may run; devices are all answered, the crowd is refused in part, and nothing else happens', async () => {
  const priorities = prioritiesSchema.parse([
    { name: 'device', share: 0.5, patienceMs: 60_000 },
    { name: 'known', share: 0.2 },
    { name: 'anonymous', patienceMs: 0 },
  ]);
  const kinds = { device: { limits: 'person' as const, grants: [], priority: 'device' } };
  // Client, gateway and subgraphs share this thread: its turns are long enough with a few hundred clients.
  await using graph = await startTestGraph({ priorities, kinds, logLevel: 'silent', targetTurnMs: 10 }, { identify });
  const { url } = graph.gateway;
  const metric = async (line: string): Promise<number> => {
    const text = await (await fetch(new URL('/metrics', url))).text();
    return Number(
      text
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.slice(line.length + 1) ?? 0,
    );
  };
  let isOver = false;
  const crowd = Array.from({ length: clients }, async (_, client) => {
    const statuses = new Set<number>();
    while (!isOver) {
      const { status } = await post(url, { query: '{ users { id friends { name } } }', variables: { client } });
      statuses.add(status);
      await turn();
    }
    return statuses;
  });
  await waitUntil('the limit was learned', async () => (await metric('gateway_operations_limit')) < clients);
  await waitUntil('somebody is refused', async () => {
    return (await metric('gateway_overload_refusals_total{priority="anonymous"}')) > 0;
  });
  const answers = await Promise.all(
    Array.from({ length: devices }, async () => {
      const statuses: number[] = [];
      for (let i = 0; i < operationsOfADevice; i++) {
        const { status } = await post(url, { query: '{ me { name } }' }, { authorization: 'Bearer device' });
        statuses.push(status);
      }
      return statuses;
    }),
  );
  isOver = true;
  const statuses = new Set((await Promise.all(crowd)).flatMap((each) => [...each]));
  expect(answers.flat()).toEqual(Array.from({ length: devices * operationsOfADevice }, () => 200));
  expect([...statuses].toSorted()).toEqual([200, 503]);
  await waitUntil('nothing runs', async () => (await metric('gateway_operations_running')) === 0);
  expect(await metric('gateway_overload_refusals_total{priority="device"}')).toBe(0);
}, 90_000);
