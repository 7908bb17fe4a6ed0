import { graphqlPath, type RunningGateway } from '../rig/gateways/start-gateway.ts';
import { readMemoryMb } from '../rig/processes/process-usage.ts';
import { checkAnswers } from './check-answers.ts';
import type { BenchSettings } from './config.ts';
import type { LoadResult, LoadSpec, SourceSpec, StreamResult, StreamSpec } from './load/load-spec.ts';
import { chosenGateways } from './measure-workload.ts';
import type { Rig } from './open-rig.ts';
import { toSource, type Workload } from './workloads/workloads.ts';

/** One round: the known document by itself, among strangers, and among as many that are known like itself. */
export interface StrangerWindow {
  readonly aloneP50Ms: number;
  readonly aloneP99Ms: number;
  readonly amongP50Ms: number;
  readonly amongP99Ms: number;
  /** The p99 among as many requests of the same kind for documents that are known: what they cost whatever a gateway makes of strangers. */
  readonly amongKnownP99Ms: number;
  readonly knownPerSecond: number;
  readonly strangersPerSecond: number;
  readonly strangerP50Ms: number;
  readonly cpuShare: number;
  readonly memoryMb: number;
  readonly failures: number;
  readonly firstFailure: string | undefined;
}

export interface StrangerRow {
  readonly name: string;
  readonly title: string;
  readonly windows: StrangerWindow[];
}

/** A steady rate, so that the p99 is that of a gateway with time to spare and not the length of a queue. */
export const knownPerSecond = 300;
/** 10,000 a minute: more documents than any honest crowd of clients has, and with the window below 10,000 in three rounds of the full run. */
export const strangersPerSecond = 167;
/** Both p99s that are set against each other are of as many requests: at 4 s a window 6,000, of which 60 are slower. */
const strangerWindows = 5;
/** The code that strangers run through is compiled late: it runs a hundredth as often as that of what is known. */
const warmUps = 5;
/** What does not keep up is not sent more: the strangers' connections are few. */
const strangerConnections = 20;

/** So many documents like the strangers', which come over and over: every gateway has room for them, and has them all after 0.6 s. */
const acquaintancesDifferent = 100;

/** Measures the p99 of a known document without and with strangers' documents; every one of those is new in the whole run. */
export async function measureStrangers(
  workload: Workload,
  rig: Rig,
  settings: BenchSettings,
): Promise<readonly StrangerRow[]> {
  const gateways: RunningGateway[] = [];
  for (const name of chosenGateways(workload, settings)) gateways.push(await rig.gatewayFor(name, workload));
  const lengths = await checkAnswers(workload, gateways);
  const rows = gateways.map(({ kind }): StrangerRow => ({ name: kind.name, title: kind.title, windows: [] }));
  // Strangers are part of the warm-up: a gateway that has run for a while has seen some thousand.
  const warmUp = settings.firstWarmUpSeconds * warmUps;
  for (const [i, gateway] of gateways.entries()) {
    for (const stream of [strangers(), acquaintances()])
      await load(gateway, [known(workload, lengths[i], settings), stream], warmUp, 0.1, rig);
  }
  for (let round = 0; round < settings.rounds; round += 1) {
    for (const [i, gateway] of gateways.entries()) {
      rows[i]?.windows.push(await measureRound(gateway, known(workload, lengths[i], settings), rig, settings));
    }
  }
  return rows;
}

async function measureRound(
  gateway: RunningGateway,
  knownStream: StreamSpec,
  rig: Rig,
  { warmUpSeconds, seconds }: BenchSettings,
): Promise<StrangerWindow> {
  const measure = (...others: StreamSpec[]) =>
    load(gateway, [knownStream, ...others], warmUpSeconds, seconds * strangerWindows, rig);
  const alone = await measure();
  const among = await measure(strangers());
  const amongKnown = await measure(acquaintances());
  const [aloneStream] = alone.streams as [StreamResult];
  const [amongStream, strangerStream] = among.streams as [StreamResult, StreamResult];
  return {
    aloneP50Ms: aloneStream.p50Ms,
    aloneP99Ms: aloneStream.p99Ms,
    amongP50Ms: amongStream.p50Ms,
    amongP99Ms: amongStream.p99Ms,
    amongKnownP99Ms: amongKnown.streams[0]?.p99Ms ?? Number.NaN,
    knownPerSecond: amongStream.operations / among.seconds,
    strangersPerSecond: strangerStream.operations / among.seconds,
    strangerP50Ms: strangerStream.p50Ms,
    cpuShare: (among.cpuSeconds[0] ?? 0) / among.seconds,
    memoryMb: readMemoryMb(gateway.child.pid),
    failures: aloneStream.failures + amongStream.failures + strangerStream.failures,
    firstFailure: aloneStream.firstFailure ?? amongStream.firstFailure ?? strangerStream.firstFailure,
  };
}

function load(
  gateway: RunningGateway,
  streams: readonly StreamSpec[],
  warmUpSeconds: number,
  seconds: number,
  rig: Rig,
) {
  const pids = [gateway.child.pid];
  const stopped = rig.othersThan([gateway.child.pid]);
  const spec: LoadSpec = { port: gateway.port, streams, warmUpSeconds, seconds, pids, stopped };
  return rig.load.ask<LoadResult>(spec);
}

function known(workload: Workload, answerBytes: number | undefined, { connections }: BenchSettings): StreamSpec {
  const source = toSource(workload, graphqlPath, 0);
  return { source, connections, perSecond: knownPerSecond, ...(answerBytes === undefined ? {} : { answerBytes }) };
}

const acquaintancesFrom = 1_000;
const strangersPerWindow = 100_000;
let nextStranger = strangersPerWindow;

function strangers(): StreamSpec {
  nextStranger += strangersPerWindow;
  return streamOf({ kind: 'strangers', path: graphqlPath, first: nextStranger });
}

function acquaintances(): StreamSpec {
  return streamOf({
    kind: 'strangers',
    path: graphqlPath,
    first: acquaintancesFrom,
    different: acquaintancesDifferent,
  });
}

function streamOf(source: SourceSpec): StreamSpec {
  return { source, connections: strangerConnections, perSecond: strangersPerSecond };
}
