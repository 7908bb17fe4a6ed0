import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../../e2e/graph-client.ts';
import type { Random } from './random.ts';
import type { FollowedGraph } from './till.ts';

/** Where is what: the SKUs of each location. */
export type Stock = ReadonlyMap<string, readonly string[]>;

export interface Writers {
  readonly counts: { commands: number; retries: number; holds: number };
  readonly faults: string[];
  /** Ends each after the command it is at, which is sent until it is answered. */
  stop(): Promise<void>;
}

export interface WriterOptions {
  readonly graph: FollowedGraph;
  readonly stock: Stock;
  readonly random: Random;
  readonly writers: number;
  /** Rows of a bulk change; each is a change of its own. */
  readonly bulkRows: number;
  readonly pauseMs: number;
}

interface Command {
  readonly field: string;
  readonly type: string;
  readonly selection?: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Hammers stock through the graph. Whatever is killed, a command is sent again with its key until it has an answer. */
export function startWriters(options: WriterOptions): Writers {
  const counts = { commands: 0, retries: 0, holds: 0 };
  const faults: string[] = [];
  const stop = new AbortController();
  const send = async (command: Command): Promise<Record<string, unknown> | undefined> => {
    const answer = await insist(options.graph, command, counts, faults);
    counts.commands++;
    return answer;
  };
  const write = async (random: Random): Promise<void> => {
    while (!stop.signal.aborted) {
      const location = random.pick([...options.stock.keys()]);
      const skus = options.stock.get(location) ?? [];
      const dice = random.int(1, 10);
      if (dice <= 3) await send(bulk(location, skus, options.bulkRows, random));
      else if (dice <= 5) await send(adjust(location, random.pick(skus), random));
      else if (dice === 6) await send(count(location, random.pick(skus), random));
      else if (dice === 7) await send(sale(location, random.pick(skus), random));
      else await holdAndEnd(location, random.pick(skus), random);
      await delay(options.pauseMs * random.next(), undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const holdAndEnd = async (location: string, sku: string, random: Random): Promise<void> => {
    const made = await send({
      field: 'holdStock',
      type: 'HoldStockInput',
      selection: 'hold { id }',
      input: { location, sku, quantity: random.int(1, 2), owner: { kind: 'TILL' }, minutes: 600 },
    });
    const hold = (made?.hold as { readonly id: string } | null | undefined)?.id;
    if (hold === undefined) return; // not enough there
    counts.holds++;
    const end = random.int(1, 3);
    if (end === 1) await send({ field: 'releaseHold', type: 'ReleaseHoldInput', input: { hold } });
    const reference = `order ${hold}`;
    const commit = (as: string): Command => ({
      field: 'commitHold',
      type: 'CommitHoldInput',
      input: { hold, as, reference },
    });
    if (end === 2) await send(commit(random.pick(['SELL', 'ALLOCATE'])));
  };
  const running = Array.from({ length: options.writers }, () => write(options.random.fork()));
  return {
    counts,
    faults,
    async stop() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

function bulk(location: string, skus: readonly string[], rows: number, random: Random): Command {
  const some = Array.from({ length: random.int(1, 12) }, () => random.pick(skus));
  const changes = Array.from({ length: rows }, (_, index) => ({
    location,
    sku: some[index % some.length],
    number: random.pick(['ON_HAND', 'ON_HAND', 'UNAVAILABLE', 'SAFETY_STOCK']),
    // Up as often as down, and rather up: 1,000,000 is the end.
    delta: random.pick([1, 2, 3, -1, -2]),
  }));
  const input = { rows: changes, errorPolicy: 'REJECT_FAILED_ROWS', reference: 'faults' };
  return { field: 'adjustStockLevels', type: 'AdjustStockLevelsInput', input };
}

function adjust(location: string, sku: string, random: Random): Command {
  const [reason, delta] = random.pick([
    ['RECEIVED', random.int(1, 20)],
    ['FOUND', 1],
    ['LOST', -random.int(1, 5)],
    ['CORRECTION', random.pick([-1, 1])],
    ['SAFETY_STOCK', 1],
  ] as const);
  return {
    field: 'adjustStock',
    type: 'AdjustStockInput',
    input: { location, sku, delta, reason, reference: 'faults' },
  };
}

function count(location: string, sku: string, random: Random): Command {
  const counts = [{ sku, counted: random.int(0, 200) }];
  return { field: 'recordStockCount', type: 'RecordStockCountInput', input: { location, counts } };
}

function sale(location: string, sku: string, random: Random): Command {
  const lines = [{ sku, quantity: random.int(1, 3) }];
  return { field: 'recordStockSale', type: 'RecordStockSaleInput', input: { location, lines, reference: 'receipt' } };
}

const giveUpAfterMs = 900_000;

/** Sends until there is an answer. User errors are answers: not enough stock is no fault. */
async function insist(
  { graphqlUrl, authorization }: FollowedGraph,
  { field, type, selection = '', input }: Command,
  counts: Writers['counts'],
  faults: string[],
): Promise<Record<string, unknown> | undefined> {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code } } }`;
  const variables = { input: { ...input, idempotencyKey: randomUUID() } };
  let last: unknown;
  for (const deadline = Date.now() + giveUpAfterMs; Date.now() < deadline; counts.retries++) {
    try {
      const { data, errors } = await ask<Record<string, Record<string, unknown>>>(graphqlUrl, query, variables, {
        authorization,
      });
      const answer = data?.[field];
      if (answer !== undefined && answer !== null && errors === undefined) return answer;
      last = errors;
      if (errors?.some(({ extensions: { code } }) => code === 'BAD_USER_INPUT')) break;
    } catch (error) {
      last = error;
    }
    await delay(50 + Math.random() * 150);
  }
  faults.push(`${field} was never answered: ${last instanceof Error ? last : JSON.stringify(last)}`);
  return undefined;
}
