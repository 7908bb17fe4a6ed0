import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../../support/wait-until.ts';
import { checkTruth, readTruth } from './check-truth.ts';
import { hasCaughtUp } from './has-caught-up.ts';
import { openCrowd } from './open-crowd.ts';
import { startPullingPartner } from './pulling-partner.ts';
import { createRandom, type Random } from './random.ts';
import type { Till } from './till.ts';
import type { World } from './world.ts';
import { type Stock, startWriters } from './writers.ts';

export interface FaultPlan {
  readonly seed: number;
  /** Kills at least; they go on until there are as many changes as there are to be. */
  readonly kills: number;
  /** Versions of levels that are committed, at least. */
  readonly changes: number;
  readonly writers: number;
  readonly bulkRows: number;
  readonly writerPauseMs: number;
  /** Between two kills: up to so long. A killed process starts while the next ones are killed. */
  readonly killPauseMs: number;
  /**
   * Commands that are answered between two kills: up to so many, and after a minute in any case. On a machine that is slow for
   * other reasons nothing but killing would go on without it: a bulk change takes longer than the time between two kills then.
   */
  readonly commandsPerKill?: number;
  readonly onProgress?: (line: string) => void;
}

export interface FaultSummary {
  readonly seed: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly changes: number;
  readonly totals: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

const killable = ['gateway', 'gateway', 'inventory-1', 'inventory-1', 'inventory-2', 'products', 'postgres'] as const;

/**
 * Writers hammer stock, tills follow it, and everything is killed in the order that the seed says. At the end all tills are compared
 * with what they must have seen, and with the database.
 */
export async function runFaults(world: World, plan: FaultPlan): Promise<FaultSummary> {
  const random = createRandom(plan.seed);
  const { stock } = world;
  const before = await sumVersions(world, stock);
  const crowd = openCrowd(world, [...stock.keys()]);
  const partner = startPullingPartner(world, 'pos', 300);
  const writers = startWriters({
    graph: world,
    stock,
    random: random.fork(),
    writers: plan.writers,
    bulkRows: plan.bulkRows,
    pauseMs: plan.writerPauseMs,
  });
  const kills: Record<string, number> = {};
  const stop = new AbortController();
  const unrest = disturb(crowd, random.fork(), stop.signal);
  try {
    await waitUntil('every till has its snapshot', () => crowd.every(({ copy }) => copy.counts.snapshots > 0), 600_000);
    const isEnough = async (done: number): Promise<boolean> => {
      const changes = (await sumVersions(world, stock)) - before;
      if (done % 10 === 0) plan.onProgress?.(`${done} kills ${JSON.stringify(kills)}, ${changes} changes`);
      const isFaulty = writers.faults.length > 0 || crowd.some(({ copy }) => copy.faults.length > 0);
      if (isFaulty) plan.onProgress?.([...writers.faults, ...crowd.flatMap(({ copy }) => copy.faults)].join('\n'));
      return isFaulty || (done >= plan.kills && changes >= plan.changes);
    };
    const getOn = async (commands: number): Promise<void> => {
      const goal = writers.counts.commands + commands;
      const deadline = Date.now() + 60_000;
      while (writers.counts.commands < goal && Date.now() < deadline) await delay(20);
    };
    await killUntil(isEnough, world, plan, random, kills, getOn);
    await writers.stop();
    stop.abort();
    await unrest;
    for (const till of crowd) till.wake();
    const truth = await readTruth(world);
    await waitUntil('every till has everything', () => hasCaughtUp(crowd, truth), 900_000).catch(() => undefined); // what is missing is told below
    await partner.finish();
    const faults = [
      ...world.faults,
      ...writers.faults,
      ...partner.faults,
      ...crowd.flatMap(({ copy }) => copy.faults),
      ...(await checkTruth(world, truth, crowd, partner)),
    ];
    const changes = (await sumVersions(world, stock)) - before;
    return { seed: plan.seed, kills, changes, totals: addUp(crowd, { ...partner.counts, ...writers.counts }), faults };
  } finally {
    stop.abort();
    await Promise.all([unrest, writers.stop(), partner.close(), ...crowd.map((till) => till.close())]);
  }
}

async function killUntil(
  isEnough: (done: number) => Promise<boolean>,
  world: World,
  plan: FaultPlan,
  random: Random,
  kills: Record<string, number>,
  getOn: (commands: number) => Promise<void>,
): Promise<void> {
  const busy = new Map<string, Promise<void>>();
  for (let done = 0; !(await isEnough(done)); ) {
    await getOn(random.int(0, plan.commandsPerKill ?? 0));
    await delay(random.int(Math.floor(plan.killPauseMs / 4), plan.killPauseMs));
    const what = random.pick([...killable, 'backend', 'backend', 'pause', 'reload'] as const);
    if (busy.has(what)) continue; // it is not up again yet
    const work = (): Promise<void> => {
      switch (what) {
        case 'backend':
          return world.killBackend();
        case 'reload':
          return world.reload();
        case 'pause':
          return world.pause(random.pick(['gateway', 'inventory-1', 'inventory-2'] as const), random.int(200, 2_500));
        default:
          return world.kill(what);
      }
    };
    kills[what] = (kills[what] ?? 0) + 1;
    if (what !== 'pause' && what !== 'reload') done++;
    busy.set(
      what,
      work().finally(() => busy.delete(what)),
    );
  }
  await Promise.all(busy.values());
}

/** Tills are cut off, stall, and come back, all the while. */
async function disturb(crowd: readonly Till[], random: Random, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(random.int(20, 300), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const till = random.pick(crowd);
    const dice = random.int(1, 10);
    if (dice <= 3) till.cut();
    else if (dice <= 5) till.stall();
    else if (dice <= 8) till.wake();
    else await till.restart(dice === 10 && random.int(1, 4) === 1);
  }
}

async function sumVersions(world: World, stock: Stock): Promise<number> {
  const [row] = await world.query<{ sum: string }>(
    'select coalesce(sum(version), 0) as sum from inventory.stock_level where location_id = any($1)',
    [[...stock.keys()]],
  );
  return Number(row?.sum);
}

function addUp(crowd: readonly Till[], others: Readonly<Record<string, number>>): Record<string, number> {
  const sums: Record<string, number> = { tills: crowd.length, ...others };
  for (const { copy } of crowd) {
    for (const [name, count] of Object.entries(copy.counts)) {
      const key = `till ${name}`;
      sums[key] = (sums[key] ?? 0) + count;
    }
  }
  return sums;
}
