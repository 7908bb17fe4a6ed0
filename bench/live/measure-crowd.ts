import { setTimeout as wait } from 'node:timers/promises';
import type { RunningGateway } from '../rig/gateways/start-gateway.ts';
import { readOwnMemoryMb, readPreciseCpuSeconds } from '../rig/processes/process-usage.ts';
import type { CaughtUp, CrowdCounts, CrowdOpened } from './clients/crowd-questions.ts';
import type { CrowdSize, LiveSettings } from './config.ts';
import type { LiveGatewayName } from './gateways/gateways.ts';
import type { ProcessQuestion } from './gateways/measured-process.ts';
import type { LiveRig } from './open-live-rig.ts';
import { readMetrics } from './read-metrics.ts';

/** What one gateway did with one crowd in one round. */
export interface CrowdWindow {
  readonly clients: CrowdCounts;
  readonly openSeconds: number;
  /** Events the subgraph sent in the window. */
  readonly events: number;
  readonly cpuSeconds: number;
  readonly rigCpuSeconds: number;
  readonly idleKbPerClient: number;
  readonly busyKbPerClient: number;
  readonly upstreams: number;
  readonly requestsPerEvent: number;
  /** The same two by the gateway's own metrics; of ours only. */
  readonly ownUpstreams: number | undefined;
  readonly ownRequestsPerEvent: number | undefined;
  /** Clients that had everything soon after the events ended. */
  readonly caughtUp: number;
}

/** Clients on their way at a time: a gateway is to be measured with its crowd, not while it takes it in. */
const openedAtOnce = 100;
/** Clients that warm a gateway up before its memory is looked at. */
const warmUpClients = 20;
const warmUpPerSecond = 50;
/** The first plan of a new process may be given up on a machine that is busy with others. */
const warmUpTries = 5;
const catchUpMs = 2_000;

/** Measures a new process of a gateway with one crowd. */
export async function measureCrowd(
  name: LiveGatewayName,
  { clients: count, perSecond }: CrowdSize,
  rig: LiveRig,
  settings: LiveSettings,
): Promise<CrowdWindow> {
  const gateway = await rig.startGateway(name);
  try {
    const baseMb = await warmUp(gateway, rig);
    const opened = await open(gateway, count, rig, settings.openDeadlineMs);
    await wait(500);
    const idleMb = await settledMemoryMb(gateway);
    await rig.emit(perSecond);
    await wait(settings.warmUpSeconds * 1_000);
    const window = await measureWindow(gateway, rig, settings.seconds);
    const busyMb = readOwnMemoryMb(gateway.child.pid);
    const position = await rig.emit(0);
    const { caughtUp } = await rig.askCrowd<CaughtUp>({ ask: 'catch-up', sequence: position, deadlineMs: catchUpMs });
    const perClientKb = (mb: number) => ((mb - baseMb) * 1_024) / Math.max(1, opened.open);
    return {
      ...window,
      openSeconds: opened.seconds,
      idleKbPerClient: perClientKb(idleMb),
      busyKbPerClient: perClientKb(busyMb),
      caughtUp,
    };
  } finally {
    await rig.emit(0);
    await rig.askCrowd({ ask: 'close' });
    await gateway.child.close();
  }
}

/** Opens a crowd on a gateway; those that were not taken in time are missing in the answer. */
export async function open(
  { port }: RunningGateway,
  count: number,
  rig: LiveRig,
  deadlineMs: number,
): Promise<CrowdOpened> {
  return rig.askCrowd<CrowdOpened>({ ask: 'open', port, count, atOnce: openedAtOnce, deadlineMs });
}

/** A few clients and many events, then none; answers with the memory that is left. */
export async function warmUp(gateway: RunningGateway, rig: LiveRig): Promise<number> {
  for (let tries = 1; (await open(gateway, warmUpClients, rig, 10_000)).open < warmUpClients; tries++) {
    if (tries === warmUpTries) throw new Error(`${gateway.kind.title} does not take ${warmUpClients} clients.`);
    await rig.askCrowd({ ask: 'close' });
  }
  await rig.emit(warmUpPerSecond);
  await wait(1_000);
  await rig.emit(0);
  await rig.askCrowd({ ask: 'close' });
  await wait(300);
  return settledMemoryMb(gateway);
}

function settledMemoryMb({ child }: RunningGateway): Promise<number> {
  return child.ask<number>('settled-memory' satisfies ProcessQuestion);
}

type Measured = Omit<CrowdWindow, 'openSeconds' | 'idleKbPerClient' | 'busyKbPerClient' | 'caughtUp'>;

async function measureWindow({ kind, port, child }: RunningGateway, rig: LiveRig, seconds: number): Promise<Measured> {
  const isOurs = kind.name === 'ours';
  const metricsBefore = isOurs ? await readMetrics(port) : undefined;
  const countsBefore = await rig.counts();
  await rig.askCrowd({ ask: 'begin' });
  const cpuBefore = [child.pid, rig.subgraphs.pid].map(readPreciseCpuSeconds);
  await wait(seconds * 1_000);
  const [cpu = 0, rigCpu = 0] = [child.pid, rig.subgraphs.pid].map((pid, i) => {
    return readPreciseCpuSeconds(pid) - (cpuBefore[i] ?? 0);
  });
  const clients = await rig.askCrowd<CrowdCounts>({ ask: 'counts' });
  const countsAfter = await rig.counts();
  const metricsAfter = isOurs ? await readMetrics(port) : undefined;
  const events = countsAfter.position - countsBefore.position;
  const ownEvents = (metricsAfter?.enrichments ?? 0) - (metricsBefore?.enrichments ?? 0);
  const ownRequests = (metricsAfter?.subgraphRequests ?? 0) - (metricsBefore?.subgraphRequests ?? 0);
  return {
    clients,
    events,
    cpuSeconds: cpu,
    rigCpuSeconds: rigCpu + clients.cpuSeconds,
    upstreams: countsAfter.subscriptionsRunning,
    requestsPerEvent: (countsAfter.requests - countsBefore.requests) / Math.max(1, events),
    ownUpstreams: metricsAfter?.upstreams,
    ownRequestsPerEvent: isOurs ? ownRequests / Math.max(1, ownEvents) : undefined,
  };
}
