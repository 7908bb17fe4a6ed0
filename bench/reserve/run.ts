/**
 * Reserving stock: the textbook way, one guarded statement, and ours, on one Postgres in one run.
 * `node bench/reserve/run.ts [--quick] [--write] [--parts commands,graph,availability] [--skus 1,10,1000] [--callers 8,64,200]`
 */
import { describeMachine } from '../rig/report/describe-machine.ts';
import { writeReadme } from '../rig/report/write-readme.ts';
import { measureAvailability } from './availability/measure-availability.ts';
import { checkSums } from './check-sums.ts';
import { type ReserveSettings, readReserveSettings } from './config.ts';
import { contenderNames } from './contenders/contenders.ts';
import { openGraph } from './graph/open-graph.ts';
import { measureCommands } from './measure/measure-commands.ts';
import { measureGraph } from './measure/measure-graph.ts';
import type { Setting, Way, Window } from './measure/window.ts';
import { type BenchShop, openShop } from './open-shop.ts';
import { renderAvailability } from './report/render-availability.ts';
import { renderFloors } from './report/render-floors.ts';
import { renderReserve } from './report/render-reserve.ts';

const longestRunMs = 30 * 60 * 1_000;

async function run(settings: ReserveSettings): Promise<void> {
  const signal = AbortSignal.timeout(longestRunMs);
  const shop = await openShop(Math.max(...settings.skuCounts), signal);
  try {
    const sections = [describeRun(settings), ...(await measureAll(shop, settings, signal))];
    process.stdout.write(`${sections.join('\n\n')}\n`);
    if (settings.isWritten) await writeReadme('reserve', sections.join('\n\n'));
  } finally {
    await shop.close();
  }
}

async function measureAll(shop: BenchShop, settings: ReserveSettings, signal: AbortSignal): Promise<string[]> {
  const windows = [
    ...(settings.parts.includes('commands') ? await compareCommands(shop, settings) : []),
    ...(settings.parts.includes('graph') ? await compareGraph(shop, settings, signal) : []),
  ];
  const sums = await checkSums(shop, windows);
  const availability = settings.parts.includes('availability') ? await measureAvailability(settings, signal) : [];
  return [
    ...(windows.length > 0 ? [renderFloors(windows)] : []),
    ...(settings.parts.includes('commands')
      ? [`**As commands, in process.**\n\n${renderReserve(windows, 'command')}`]
      : []),
    ...(settings.parts.includes('graph')
      ? [`**Through the graph: gateway and inventory subgraph, each a process.**\n\n${renderReserve(windows, 'graph')}`]
      : []),
    `Afterwards: ${sums.answered.toLocaleString('en')} reservations answered, ${sums.holds.toLocaleString('en')} holds, ${sums.heldUnits.toLocaleString('en')} units held, ${sums.differences} differences in the audit.`,
    ...(availability.length > 0 ? [renderAvailability(availability)] : []),
  ];
}

/** All contenders take turns in each setting, round after round: a slow minute of the machine meets them all. */
function listSettings(way: Way, { skuCounts, callerCounts }: ReserveSettings): readonly Setting[] {
  return skuCounts.flatMap((skuCount) =>
    callerCounts.flatMap((callers) => contenderNames.map((contender) => ({ way, contender, skuCount, callers }))),
  );
}

async function compareCommands(shop: BenchShop, settings: ReserveSettings): Promise<Window[]> {
  const windows: Window[] = [];
  for (let round = 1; round <= settings.rounds; round++) {
    for (const setting of listSettings('command', settings)) {
      windows.push(tell(await measureCommands(setting, round, shop, settings)));
    }
  }
  return windows;
}

async function compareGraph(shop: BenchShop, settings: ReserveSettings, signal: AbortSignal): Promise<Window[]> {
  const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' };
  const graphs = new Map(
    await Promise.all(
      contenderNames.map(async (name) => [name, await openGraph(name, shop.url, { env, signal })] as const),
    ),
  );
  const windows: Window[] = [];
  try {
    for (let round = 1; round <= settings.rounds; round++) {
      for (const setting of listSettings('graph', settings)) {
        const graph = graphs.get(setting.contender);
        if (graph !== undefined) windows.push(tell(await measureGraph(setting, round, shop, graph, settings)));
      }
    }
  } finally {
    for (const graph of graphs.values()) await graph.close();
  }
  return windows;
}

function tell(window: Window): Window {
  const { way, contender, skuCount, callers, perSecond, cpuMsPerReservation, p50Ms, maxMs } = window;
  process.stderr.write(
    `${way} ${contender} ${skuCount} SKUs ${callers} callers: ${perSecond.toFixed(0)}/s, ${cpuMsPerReservation.toFixed(3)} ms CPU each, p50 ${p50Ms.toFixed(1)} ms, longest ${maxMs.toFixed(1)} ms\n`,
  );
  return window;
}

function describeRun({ seconds, rounds }: ReserveSettings): string {
  return `${describeMachine()}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${seconds} s a window.`;
}

await run(readReserveSettings());
