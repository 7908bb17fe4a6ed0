import { setTimeout as wait } from 'node:timers/promises';
import type { CaughtUp, CrowdCounts } from './clients/crowd-questions.ts';
import type { LiveSettings } from './config.ts';
import { open, warmUp } from './measure-crowd.ts';
import type { LiveRig } from './open-live-rig.ts';
import { readMetrics } from './read-metrics.ts';

/** A crowd that was cut off and came back all at once. */
export interface ReturnWindow {
  readonly clients: number;
  readonly caughtUp: number;
  /** Until the last one had what it had missed, from the first one's connecting. */
  readonly seconds: number;
  /** Events that each client had missed. */
  readonly missed: number;
  readonly upstreamsBegun: number;
  readonly fromMemory: number;
  readonly doubles: number;
  readonly holes: number;
  readonly lost: number;
  readonly firstFailure: string | undefined;
}

const perSecond = 20;
const awayMs = 1_000;
const returnDeadlineMs = 30_000;

/** Opens a crowd on our gateway, cuts it off, lets events happen, and brings it back at once, each client with its cursor. */
export async function measureReturn(rig: LiveRig, settings: LiveSettings): Promise<ReturnWindow> {
  const gateway = await rig.startGateway('ours');
  try {
    await warmUp(gateway, rig);
    await open(gateway, settings.returning, rig, settings.openDeadlineMs);
    await rig.emit(4);
    await wait(1_000);
    await rig.askCrowd({ ask: 'begin' });
    const before = await readMetrics(gateway.port);
    const cutAt = (await rig.counts()).position;
    await rig.askCrowd({ ask: 'cut' });
    await rig.emit(perSecond);
    await wait(awayMs);
    const sequence = await rig.emit(4);
    const back = await rig.askCrowd<CaughtUp>({
      ask: 'reopen',
      port: gateway.port,
      sequence,
      deadlineMs: returnDeadlineMs,
    });
    const after = await readMetrics(gateway.port);
    const { doubles, holes, lost, firstFailure } = await rig.askCrowd<CrowdCounts>({ ask: 'counts' });
    return {
      ...back,
      clients: settings.returning,
      missed: sequence - cutAt,
      upstreamsBegun: after.upstreamsBegun - before.upstreamsBegun,
      fromMemory: after.fromMemory - before.fromMemory,
      doubles,
      holes,
      lost,
      firstFailure,
    };
  } finally {
    await rig.emit(0);
    await rig.askCrowd({ ask: 'close' });
    await gateway.child.close();
  }
}
