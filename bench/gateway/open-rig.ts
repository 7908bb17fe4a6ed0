import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GatewayKind } from '../rig/gateways/gateway-kind.ts';
import { type RunningGateway, startGateway } from '../rig/gateways/start-gateway.ts';
import { type Child, type ChildOptions, startChild } from '../rig/processes/start-child.ts';
import type { BenchSettings } from './config.ts';
import { gatewayKinds } from './gateways/gateways.ts';
import { composeSupergraph } from './graph/compose-supergraph.ts';
import type { SubgraphQuestion } from './subgraphs/subgraph-process.ts';
import type { GatewayName, Workload } from './workloads/workloads.ts';

/** The four subgraphs in one process, and the supergraph that leads to them. */
export interface RunningSubgraphs {
  readonly child: Child;
  readonly port: number;
  readonly supergraphFile: string;
}

/** All processes of a run. */
export interface Rig {
  readonly load: Child;
  /** Starts what a workload needs and is not running yet. */
  subgraphsFor(workload: Workload): Promise<RunningSubgraphs>;
  gatewayFor(name: GatewayName, workload: Workload): Promise<RunningGateway>;
  /** Process ids of the gateways that run, but for these. */
  othersThan(pids: readonly number[]): readonly number[];
  close(): Promise<void>;
}

/** Opens a rig; every process ends with `close`, with the signal, or with the bench. */
export async function openRig(settings: BenchSettings, signal: AbortSignal): Promise<Rig> {
  const options: ChildOptions = { env: settings.childEnvironment, signal };
  const folder = await mkdtemp(join(tmpdir(), 'gateway-bench-'));
  const children: Child[] = [];
  const load = startChild(modulePath('load/load-process.ts'), [], options);
  children.push(load);
  const subgraphs = new Map<string, Promise<RunningSubgraphs>>();
  const gateways = new Map<string, Promise<RunningGateway>>();
  const running: number[] = [];

  const startSubgraphs = async (mode: string): Promise<RunningSubgraphs> => {
    const child = startChild(modulePath('subgraphs/subgraph-process.ts'), [mode], options);
    children.push(child);
    const port = await child.ask<number>('port' satisfies SubgraphQuestion);
    const supergraphFile = join(folder, `${mode}.graphql`);
    await writeFile(supergraphFile, await composeSupergraph(port));
    return { child, port, supergraphFile };
  };
  const subgraphsFor = ({ subgraphsWork }: Workload) => {
    const mode = subgraphsWork ? 'work' : 'remember';
    return getOrStart(subgraphs, mode, () => startSubgraphs(mode));
  };
  return {
    load,
    subgraphsFor,
    gatewayFor(name, workload) {
      return getOrStart(gateways, `${name} ${workload.subgraphsWork}`, async () => {
        const { supergraphFile } = await subgraphsFor(workload);
        const gateway = await startGateway(findKind(name), supergraphFile, options);
        children.push(gateway.child);
        running.push(gateway.child.pid);
        return gateway;
      });
    },
    othersThan: (pids) => running.filter((pid) => !pids.includes(pid)),
    async close() {
      await Promise.all(children.toReversed().map((child) => child.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function getOrStart<Running>(
  running: Map<string, Promise<Running>>,
  key: string,
  start: () => Promise<Running>,
): Promise<Running> {
  const started = running.get(key) ?? start();
  running.set(key, started);
  return started;
}

function findKind(name: GatewayName): GatewayKind {
  const kind = gatewayKinds.find((candidate) => candidate.name === name);
  if (kind === undefined) throw new Error(`There is no gateway ${name}.`);
  return kind;
}

function modulePath(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
