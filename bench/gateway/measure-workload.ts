import { graphqlPath, postGraphql, type RunningGateway } from '../rig/gateways/start-gateway.ts';
import { readMemoryMb } from '../rig/processes/process-usage.ts';
import type { SeenRequest } from '../rig/subgraphs/serve-subgraphs.ts';
import { checkAnswers } from './check-answers.ts';
import type { BenchSettings } from './config.ts';
import type { LoadResult, LoadSpec, PlainRequest, StreamResult, StreamSpec } from './load/load-spec.ts';
import type { Rig, RunningSubgraphs } from './open-rig.ts';
import type { SubgraphQuestion } from './subgraphs/subgraph-process.ts';
import { toSource, type Workload } from './workloads/workloads.ts';

/** What one row of a table was in one round. */
export interface Window {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the gateway; in a direct row of the subgraphs. */
  readonly cpuSecondsPerThousand: number;
  /** The gateway and the subgraphs together. */
  readonly totalCpuSecondsPerThousand: number;
  /** Share of one core that the gateway had. */
  readonly cpuShare: number;
  /** Share of one core that the subgraphs and the load generator had: where both shares together are all there is, the rig is the limit. */
  readonly rigCpuShare: number;
  readonly memoryMb: number;
  readonly subgraphRequestsPerOperation: number;
  readonly failures: number;
  readonly firstFailure: string | undefined;
}

export interface Row {
  readonly name: string;
  readonly title: string;
  readonly answerBytes: number | undefined;
  readonly windows: Window[];
}

/** Who is measured: a gateway, or the subgraphs themselves. */
interface Target {
  readonly row: Row;
  readonly port: number;
  readonly pid: number;
  readonly source: (first: number) => StreamSpec['source'];
}

/** Measures every gateway under one workload: all are checked and warmed up, then they alternate, round by round. */
export async function measureWorkload(workload: Workload, rig: Rig, settings: BenchSettings): Promise<readonly Row[]> {
  const subgraphs = await rig.subgraphsFor(workload);
  const gateways: RunningGateway[] = [];
  for (const name of chosenGateways(workload, settings)) gateways.push(await rig.gatewayFor(name, workload));
  const lengths = await checkAnswers(workload, gateways);
  const targets = gateways.map((gateway, i) => toTarget(gateway, lengths[i], workload));
  if (workload.hasDirectRow) targets.push(await directTarget(workload, gateways.at(-1), subgraphs));

  for (const target of targets) await measureWindow(target, subgraphs, rig, settings, settings.firstWarmUpSeconds, 0.1);
  for (let round = 0; round < settings.rounds; round += 1) {
    for (const target of targets) {
      const window = await measureWindow(target, subgraphs, rig, settings, settings.warmUpSeconds, settings.seconds);
      target.row.windows.push(window);
    }
  }
  return targets.map(({ row }) => row);
}

/** The gateways of a workload that the settings do not leave out. */
export function chosenGateways(workload: Workload, settings: BenchSettings): Workload['gateways'] {
  return workload.gateways.filter((name) => settings.gateways.length === 0 || settings.gateways.includes(name));
}

function toTarget({ kind, port, child }: RunningGateway, bytes: number | undefined, workload: Workload): Target {
  const answerBytes = workload.name === 'variables' ? undefined : bytes;
  return {
    row: { name: kind.name, title: kind.title, answerBytes, windows: [] },
    port,
    pid: child.pid,
    source: (first) => toSource(workload, graphqlPath, first),
  };
}

/** What the gateway asked of the subgraphs for one operation, asked by the load generator itself, one request after the other. */
async function directTarget(
  workload: Workload,
  gateway: RunningGateway | undefined,
  { child, port }: RunningSubgraphs,
): Promise<Target> {
  if (gateway === undefined) throw new Error('A direct row needs a gateway whose requests it repeats.');
  await child.ask('record' satisfies SubgraphQuestion);
  await postGraphql(gateway.port, workload.body);
  const seen = await child.ask<readonly SeenRequest[]>('take-recorded' satisfies SubgraphQuestion);
  const requests: readonly PlainRequest[] = seen.map(({ subgraph, body }) => ({ path: `/${subgraph}`, body }));
  return {
    row: {
      name: 'direct',
      title: `the subgraphs directly (the same ${requests.length} requests)`,
      answerBytes: undefined,
      windows: [],
    },
    port,
    pid: child.pid,
    source: () => ({ kind: 'fixed', requests }),
  };
}

/** Numbered requests are never sent twice in a run. */
let nextNumber = 1_000;
const numbersPerWindow = 1_000_000;

async function measureWindow(
  { row, port, pid, source }: Target,
  subgraphs: RunningSubgraphs,
  rig: Rig,
  settings: BenchSettings,
  warmUpSeconds: number,
  seconds: number,
): Promise<Window> {
  nextNumber += numbersPerWindow;
  const stream: StreamSpec = {
    source: source(nextNumber),
    connections: settings.connections,
    ...(row.answerBytes === undefined ? {} : { answerBytes: row.answerBytes }),
  };
  const stopped = rig.othersThan([pid]);
  const spec: LoadSpec = { port, streams: [stream], warmUpSeconds, seconds, pids: [pid, subgraphs.child.pid], stopped };
  const requestsBefore = await countRequests(subgraphs);
  const result = await rig.load.ask<LoadResult>(spec);
  const requests = (await countRequests(subgraphs)) - requestsBefore;
  return toWindow(result, pid, row.name === 'direct', requests);
}

export function countRequests({ child }: RunningSubgraphs): Promise<number> {
  return child.ask<number>('request-count' satisfies SubgraphQuestion);
}

function toWindow(result: LoadResult, pid: number, isDirect: boolean, requests: number): Window {
  const [stream] = result.streams as [StreamResult];
  const [own = 0, below = 0] = result.cpuSeconds;
  const perThousand = (cpuSeconds: number) => (cpuSeconds / stream.operations) * 1_000;
  return {
    perSecond: stream.operations / result.seconds,
    p50Ms: stream.p50Ms,
    p99Ms: stream.p99Ms,
    cpuSecondsPerThousand: perThousand(own),
    totalCpuSecondsPerThousand: perThousand(isDirect ? own : own + below),
    cpuShare: own / result.seconds,
    rigCpuShare: ((isDirect ? 0 : below) + result.generatorCpuSeconds) / result.seconds,
    memoryMb: readMemoryMb(pid),
    subgraphRequestsPerOperation: requests / stream.allOperations,
    failures: stream.failures,
    firstFailure: stream.firstFailure,
  };
}
