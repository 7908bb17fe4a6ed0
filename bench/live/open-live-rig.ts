import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningGateway, startGateway } from '../rig/gateways/start-gateway.ts';
import { type Child, type ChildOptions, startChild } from '../rig/processes/start-child.ts';
import type { CrowdQuestion } from './clients/crowd-questions.ts';
import type { LiveSettings } from './config.ts';
import { type LiveGatewayName, liveGateways } from './gateways/gateways.ts';
import { composeLiveGraph, type SubgraphPorts } from './graph/compose-live-graph.ts';
import type { SubgraphCounts, SubgraphQuestion } from './subgraphs/subgraph-process.ts';

/** The processes that last for a whole run. Every gateway is new for each window, so that none carries another's memory. */
export interface LiveRig {
  readonly subgraphs: Child;
  askCrowd<Answer>(question: CrowdQuestion): Promise<Answer>;
  counts(): Promise<SubgraphCounts>;
  /** Events at a steady rate; 0 ends them. Answers with the number of the newest. */
  emit(perSecond: number): Promise<number>;
  startGateway(name: LiveGatewayName): Promise<RunningGateway>;
  close(): Promise<void>;
}

const modulePath = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const measured = new URL('gateways/measured-process.ts', import.meta.url).href;

/** Opens the rig; every process ends with `close`, with the signal, or with the bench. */
export async function openLiveRig(settings: LiveSettings, signal: AbortSignal): Promise<LiveRig> {
  const options: ChildOptions = { env: settings.childEnvironment, signal };
  const folder = await mkdtemp(join(tmpdir(), 'live-bench-'));
  const subgraphs = startChild(modulePath('subgraphs/subgraph-process.ts'), [], options);
  const crowd = startChild(modulePath('clients/crowd-process.ts'), [], options);
  const askSubgraphs = <Answer>(question: SubgraphQuestion) => subgraphs.ask<Answer>(question);
  const supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, await composeLiveGraph(await askSubgraphs<SubgraphPorts>({ ask: 'ports' })));
  return {
    subgraphs,
    askCrowd: (question) => crowd.ask(question),
    counts: () => askSubgraphs({ ask: 'counts' }),
    emit: (perSecond) => askSubgraphs({ ask: 'emit', perSecond }),
    startGateway(name) {
      const kind = liveGateways[name];
      const env = { ...settings.childEnvironment, ...kind.env };
      return startGateway(kind, supergraphFile, { env, signal, execArgv: ['--expose-gc', '--import', measured] });
    },
    async close() {
      await Promise.all([crowd.close(), subgraphs.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
