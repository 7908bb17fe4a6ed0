import { mkdir, writeFile } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { graphqlPath } from '../../rig/gateways/start-gateway.ts';
import { renderProfile } from '../../rig/profile/render-profile.ts';
import type { BenchSettings } from '../config.ts';
import type { OurQuestion } from '../gateways/ours.ts';
import type { LoadResult, LoadSpec } from '../load/load-spec.ts';
import type { Rig } from '../open-rig.ts';
import { toSource, type Workload } from '../workloads/workloads.ts';

const profilesFolder = new URL('../../../.data/bench/', import.meta.url);

/** Profiles our gateway, sharing off, under one workload. Returns the table of its functions; the whole profile is left under .data/bench for a flame graph. */
export async function profileWorkload(workload: Workload, rig: Rig, settings: BenchSettings): Promise<string> {
  const { port, child } = await rig.gatewayFor('ours', workload);
  const load = (first: number, seconds: number) => {
    const stream = { source: toSource(workload, graphqlPath, first), connections: settings.connections };
    const spec: LoadSpec = { port, streams: [stream], warmUpSeconds: 0, seconds, pids: [child.pid], stopped: [] };
    return rig.load.ask<LoadResult>(spec);
  };
  await load(1, settings.firstWarmUpSeconds);
  await child.ask('start-profile' satisfies OurQuestion);
  const result = await load(1_000_000, settings.seconds);
  const profile = await child.ask<Profiler.Profile>('take-profile' satisfies OurQuestion);
  await mkdir(profilesFolder, { recursive: true });
  await writeFile(new URL(`${workload.name}.cpuprofile`, profilesFolder), JSON.stringify(profile));
  const operations = result.streams[0]?.allOperations ?? 0;
  return renderProfile(`${workload.title}, sharing off`, profile, operations, result.cpuSeconds[0] ?? 0);
}
