import { mkdir, writeFile } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { setTimeout as wait } from 'node:timers/promises';
import { readPreciseCpuSeconds } from '../rig/processes/process-usage.ts';
import { renderProfile } from '../rig/profile/render-profile.ts';
import type { CrowdCounts } from './clients/crowd-questions.ts';
import type { LiveSettings } from './config.ts';
import type { ProcessQuestion } from './gateways/measured-process.ts';
import { open, warmUp } from './measure-crowd.ts';
import type { LiveRig } from './open-live-rig.ts';

const profilesFolder = new URL('../../.data/bench/', import.meta.url);
const clients = 1_000;
const perSecond = 20;

/** Where our gateway's time goes while it sends; the whole profile is left under .data/bench for a flame graph. */
export async function profileCrowd(rig: LiveRig, settings: LiveSettings): Promise<string> {
  const gateway = await rig.startGateway('ours');
  const ask = <Answer>(question: ProcessQuestion) => gateway.child.ask<Answer>(question);
  try {
    await warmUp(gateway, rig);
    await open(gateway, clients, rig, settings.openDeadlineMs);
    await rig.emit(perSecond);
    await wait(settings.warmUpSeconds * 1_000);
    await rig.askCrowd({ ask: 'begin' });
    await ask('start-profile');
    const cpuBefore = readPreciseCpuSeconds(gateway.child.pid);
    await wait(settings.seconds * 1_000);
    const cpuSeconds = readPreciseCpuSeconds(gateway.child.pid) - cpuBefore;
    const { deliveries } = await rig.askCrowd<CrowdCounts>({ ask: 'counts' });
    const profile = await ask<Profiler.Profile>('take-profile');
    await mkdir(profilesFolder, { recursive: true });
    await writeFile(new URL('live.cpuprofile', profilesFolder), JSON.stringify(profile));
    return renderProfile(
      `${clients} clients, ${perSecond} events a second, by delivery`,
      profile,
      deliveries,
      cpuSeconds,
    );
  } finally {
    await rig.emit(0);
    await rig.askCrowd({ ask: 'close' });
    await gateway.child.close();
  }
}
