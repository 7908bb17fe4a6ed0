import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type FeedEvent, followFeed } from '../../clients/live/follow-feed.ts';
import { createSeededDatabase, type TestDatabase } from '../support/create-test-database.ts';
import { customerAuthorization, staffAuthorization } from '../support/tokens.ts';
import { waitUntil } from '../support/wait-until.ts';
import { documentedOperations } from './documented-operations.ts';
import { type RunningForm, startFiveProcesses, startOneProcess } from './forms.ts';
import { runOneshelf } from './oneshelf-process.ts';

interface Order {
  readonly version: number;
  readonly status: string;
  readonly channel: { readonly name: string };
  readonly timeline: readonly { readonly kind: string; readonly at: string }[];
}

/** The documented operation, which asks for neither kind nor version nor anything of another owner. */
const documented = documentedOperations().find(({ name }) => name === 'OrderUpdated');
const query = `subscription ($order: ID!, $after: String) { orderUpdated(id: $order, after: $after) {
  kind cursor order { version status channel { name } timeline { kind at } } } }`;
const header = 'channel,reference,placed_at,sku,quantity,unit_price,location,method,customer,kind,status,status_at';

let database: TestDatabase;
let folder: string;
let staff: string;
beforeAll(async () => {
  database = await createSeededDatabase();
  folder = await mkdtemp(join(tmpdir(), 'oneshelf-live-order-'));
  staff = await staffAuthorization(['orders:read']);
}, 120_000);
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true });
});

/** `oneshelf import orders`, as a person does it while everything runs. */
async function importRow(reference: string, kind: string, status: string, statusAt: string): Promise<void> {
  const file = join(folder, `${reference}-${kind}-${status}.csv`);
  const at = kind === 'return' ? statusAt : '2011-10-01T09:00:00Z';
  const row = `web,${reference},${at},85123A,2,2.95,warehouse-coventry,SHIPPING,C-${reference},${kind},${status},${statusAt}`;
  await writeFile(file, `${header}\n${row}\n`);
  const command = runOneshelf(['import', 'orders', file, '--report', `${file}.json`], { DATABASE_URL: database.url });
  expect(await command.ended, command.output()).toBe(0);
}

async function findOrder(reference: string): Promise<{ readonly id: string; readonly customer: string }> {
  const [row] = await database.query(
    `select id, customer_id as customer from orders."order" where external_reference = '${reference}'`,
  );
  return row as { id: string; customer: string };
}

/** Over a WebSocket, with our client. */
function followSocket(form: RunningForm, authorization: string, order: string, cursor?: string) {
  const events: FeedEvent<Order>[] = [];
  const faults: unknown[] = [];
  const following = followFeed<Order>({
    url: form.graphqlUrl.replace('http', 'ws'),
    query,
    variables: { order },
    cursor,
    connectionParams: { authorization },
    webSocketImpl: WebSocket,
    read: ({ orderUpdated }) => {
      const { order: item, ...event } = orderUpdated as { cursor: string; kind: 'CHANGES'; order: Order | null };
      return { ...event, items: item === null ? [] : [item] };
    },
    versionOf: ({ version }) => ({ key: order, version }),
    onEvent: (event) => events.push(event),
    onRefused: (errors) => faults.push(errors),
    onHole: (key) => faults.push(`a hole at ${key}`),
  });
  return { events, faults, orders: () => events.flatMap(({ items }) => items), close: () => following.close() };
}

/** The documented operation over an event stream, as EventSource does it. */
function followStream(form: RunningForm, authorization: string, order: string, lastEventId?: string) {
  const search = new URLSearchParams({ query: documented?.document ?? '', variables: JSON.stringify({ order }) });
  const last = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  const headers = { accept: 'text/event-stream', authorization, ...last };
  let text = '';
  const request = get(`${form.graphqlUrl}?${search}`, { headers, agent: false }, (response) => {
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    response.on('error', () => undefined);
  });
  request.on('error', () => undefined);
  const ids = () => [...text.matchAll(/^id: (\S+)$/gm)].map((match) => match[1] ?? '');
  return { text: () => text, lastId: () => ids().at(-1), close: () => void request.destroy() };
}

describe.each([
  ['one process', 'L-1', startOneProcess],
  ['five processes', 'L-5', startFiveProcesses],
] as const)('in %s', (_title, reference, start) => {
  test('a customer follows their order over a socket, staff over an event stream, through kill -9 of everything', async () => {
    await importRow(reference, '', 'PLACED', '');
    const { id, customer } = await findOrder(reference);
    const own = await customerAuthorization(customer);
    const form = await start(database.url);
    const [socket, stream] = [followSocket(form, own, id), followStream(form, staff, id)];
    try {
      await waitUntil(
        'both have the order',
        () => socket.orders().length > 0 && stream.text().includes('PLACED'),
        60_000,
      );
      expect(socket.events[0]).toMatchObject({
        kind: 'SNAPSHOT',
        items: [{ status: 'PLACED', channel: { name: expect.any(String) } }],
      });
      await importRow(reference, '', 'FULFILLED', '2011-10-02T09:00:00Z');
      await waitUntil('both are told', () => socket.orders().length === 2 && stream.text().includes('SHIPPED'), 60_000);
      const sent = { kind: 'SHIPPED', at: '2011-10-02T09:00:00.000Z' };
      expect(socket.orders()[1]).toMatchObject({ status: 'FULFILLED', timeline: [{ kind: 'PLACED' }, sent] });
      expect(socket.faults).toEqual([]);
    } finally {
      await Promise.all([
        form.gateway.stop('SIGKILL'),
        ...[...form.subgraphs.values()].map((each) => each.stop('SIGKILL')),
      ]);
      await socket.close();
      stream.close();
    }
    // While nobody is there.
    await importRow(reference, 'return', '', '2011-10-09T09:00:00Z');
    const again = await start(database.url);
    const back = followSocket(again, own, id, socket.events.at(-1)?.cursor);
    const streamBack = followStream(again, staff, id, stream.lastId());
    try {
      await waitUntil(
        'both are told',
        () => back.orders().length > 0 && streamBack.text().includes('RETURNED'),
        60_000,
      );
      expect(back.orders()).toMatchObject([{ status: 'RETURNED', timeline: [{}, {}, { kind: 'RETURNED' }] }]);
      expect(back.orders()[0]?.version).toBe((socket.orders()[1]?.version ?? 0) + 1);
      expect(back.events.map(({ kind }) => kind)).not.toContain('SNAPSHOT');
      expect([...streamBack.text().matchAll(/"status"/g)]).toHaveLength(1);
      expect(back.faults).toEqual([]);

      const stranger = followSocket(again, await customerAuthorization('somebody'), id);
      const nothing = followSocket(again, await customerAuthorization('somebody'), 'nothing');
      await waitUntil('both are refused', () => stranger.faults.length > 0 && nothing.faults.length > 0, 60_000);
      expect(stranger.faults).toMatchObject([
        [{ message: 'There is no such order.', extensions: { code: 'BAD_USER_INPUT' } }],
      ]);
      expect(withoutRequest(stranger.faults)).toBe(withoutRequest(nothing.faults));
      expect([...stranger.events, ...nothing.events]).toEqual([]);
      await Promise.all([stranger.close(), nothing.close()]);
    } finally {
      await back.close();
      streamBack.close();
      await again.stop();
    }
  }, 240_000);
});

test('the documented example names an order of the sample data', async () => {
  const [row] = await database.query(`select number from orders."order" where id = '${documented?.variables.order}'`);
  expect(row).toEqual({ number: '100058' });
});

const withoutRequest = (faults: unknown): string => JSON.stringify(faults).replace(/"requestId":"[^"]*"/g, '');
