import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { Agent } from 'undici';
import { waitUntil } from '../../support/wait-until.ts';
import type { Asker } from './ask-until-answered.ts';
import { buyAndLeave, type Truth } from './buy-and-leave.ts';
import type { StockWorld } from './open-stock-world.ts';

export interface FaultsSpec {
  readonly seed: number;
  /** Holds that are granted before it ends. */
  readonly reservations: number;
  /** Each with a connection. */
  readonly buyers: number;
  /** For how many of their customers buyers ask at most in one request. */
  readonly together: number;
  /** Processes killed with -9: subgraphs, Postgres, and single connections of it. */
  readonly kills: number;
  /** COMMITs cut from their answer, or before they arrive. */
  readonly cuts: number;
  readonly onProgress?: (line: string) => void;
}

export interface FaultsDone {
  readonly truth: Truth;
  readonly asker: Asker;
  readonly kills: Readonly<Record<'subgraph' | 'postgres' | 'backend', number>>;
}

/** Buyers hold, commit, release and forget while processes are killed and commits cut, spread evenly over the run. */
export async function runStockFaults(world: StockWorld, spec: FaultsSpec): Promise<FaultsDone> {
  const truth: Truth = { granted: new Map(), refused: new Set(), forgotten: [] };
  const agent = new Agent({ connections: spec.buyers, keepAliveTimeout: 1_000 });
  const asker: Asker = {
    agent,
    urls: world.urls,
    random: randomFrom(spec.seed),
    // What is killed resets its connections at once. On a busy machine a request of many fields may take 20 s, and to give it up then would
    // only add to the work: 15 s were seen to end in nothing but retries.
    deadlineMs: 60_000,
    prove: world.prove,
    retries: 0,
  };
  const kills = { subgraph: 0, postgres: 0, backend: 0 };
  let [turn, isFailed] = [0, false];
  const isOver = () => isFailed || truth.granted.size >= spec.reservations;

  const buy = async () => {
    while (!isOver()) {
      const count = 1 + Math.floor(asker.random() * spec.together);
      await buyAndLeave(
        asker,
        truth,
        Array.from({ length: count }, () => `${spec.seed}-${turn++}`),
      );
    }
  };
  const expire = async () => {
    while (!isOver()) {
      await endForgotten(world.databaseUrl(), truth.forgotten);
      await delay(500);
    }
  };
  const harm = async () => {
    const random = randomFrom(spec.seed + 1);
    const harms = shuffle([...plan('kill', spec.kills), ...plan('cut', spec.cuts)], random);
    for (const [i, each] of harms.entries()) {
      const due = Math.floor(((i + 1) * spec.reservations) / (harms.length + 1));
      await waitUntil(`${due} holds are granted`, () => isFailed || truth.granted.size >= due, 300_000);
      if (isFailed) return;
      if (each === 'cut') world.cutter.cutNext(random() < 0.7 ? 'ANSWER' : 'REQUEST');
      else await kill(random());
      if (i % 20 === 0)
        spec.onProgress?.(`${i} of ${harms.length} faults, ${truth.granted.size} holds, ${asker.retries} retries`);
    }
  };
  const kill = async (chance: number) => {
    const what = chance < 0.5 ? 'subgraph' : chance < 0.8 ? 'postgres' : 'backend';
    kills[what] += 1;
    if (what === 'subgraph') await world.killSubgraph(kills.subgraph % 2);
    else if (what === 'postgres') await world.killPostgres();
    else await world.killBackend();
  };

  try {
    await Promise.all([...Array.from({ length: spec.buyers }, buy), expire(), harm()]).catch((error: unknown) => {
      isFailed = true;
      throw error;
    });
    return { truth, asker, kills };
  } catch (error) {
    await agent.destroy();
    throw error;
  }
}

/** Their time is up, as if an hour had passed. Taken off the list once it is written. */
export async function endForgotten(url: string, forgotten: string[]): Promise<void> {
  const ids = forgotten.slice(0, 2_000);
  if (ids.length === 0) return;
  const client = new pg.Client({
    connectionString: url,
    options: '-c search_path=inventory',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(
      `with line as (update stock_hold_line set expires_at = now() - interval '1 second' where hold_id = any ($1) and is_open)
       update stock_hold set expires_at = now() - interval '1 second' where id = any ($1) and state = 'HELD'`,
      [ids],
    );
    forgotten.splice(0, ids.length);
  } catch {
    // The server is down: they are ended at the next turn.
  } finally {
    await client.end().catch(() => undefined);
  }
}

function plan<What>(what: What, count: number): What[] {
  return Array.from({ length: count }, () => what);
}

function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
