import type { RunningGateway } from '../rig/gateways/start-gateway.ts';
import { readCpuSeconds, readMemoryMb } from '../rig/processes/process-usage.ts';
import type { Child } from '../rig/processes/start-child.ts';
import type { OverloadSettings } from './config.ts';
import type { ClassResult, CrowdSpec } from './load/crowd-spec.ts';
import type { Tokens } from './open-issuer.ts';
import type { WorkSpec } from './work.ts';

/** One round with one gateway. */
export interface OverloadWindow {
  readonly peakPerSecond: number;
  /** CPU seconds of the gateway per useful answer at the peak. */
  readonly cpuPerAnswer: number;
  readonly offeredPerSecond: number;
  readonly usefulPerSecond: number;
  /** CPU seconds of the gateway per refusal: what an answer takes, taken from all it used. NaN when it refused next to nothing. */
  readonly cpuPerRefusal: number;
  readonly memoryMb: number;
  readonly classes: readonly ClassResult[];
}

/** Who is played where: those who must get through are not slowed by the process that plays the crowd. */
const importantClasses = ['till', 'checkout'] as const;
const otherClasses = ['customers', 'anonymous', 'explorer'] as const;

/** Who asks, and for what. */
export interface Asked {
  readonly tokens: Tokens;
  readonly work: WorkSpec;
}

let first = 0;

/** Finds the peak in a closed loop, offers a multiple of it in an open one, and looks for the peak again: the higher one counts. */
export async function measureOverload(
  { port, child }: RunningGateway,
  loads: readonly [Child, Child],
  { tokens, work }: Asked,
  { seconds, warmUpSeconds, times, connections, crowdConnections }: OverloadSettings,
): Promise<OverloadWindow> {
  const run = async (way: CrowdSpec['way']) => {
    first += 1_000_000;
    const base = { port, tokens, work, way, warmUpSeconds, seconds, first };
    const windowStartsIn = warmUpSeconds * 1_000;
    const cpu = measureCpu(child.pid, windowStartsIn, seconds * 1_000);
    const results = await Promise.all([
      loads[0].ask<readonly ClassResult[]>({ ...base, classes: importantClasses } satisfies CrowdSpec),
      loads[1].ask<readonly ClassResult[]>({ ...base, classes: otherClasses } satisfies CrowdSpec),
    ]);
    return { classes: results.flat(), cpuSeconds: await cpu };
  };
  const closed = { kind: 'closed', connections } as const;
  const before = await run(closed);
  const offeredPerSecond = (times * sum(before.classes, 'useful')) / seconds;
  const offered = await run({ kind: 'open', perSecond: offeredPerSecond, connectionsEach: crowdConnections });
  const after = await run(closed);
  const peak = sum(after.classes, 'useful') > sum(before.classes, 'useful') ? after : before;
  const peakPerSecond = sum(peak.classes, 'useful') / seconds;
  const cpuPerAnswer = peak.cpuSeconds / sum(peak.classes, 'useful');
  const [useful, refused] = [sum(offered.classes, 'useful'), sum(offered.classes, 'refused')];
  return {
    peakPerSecond,
    cpuPerAnswer,
    offeredPerSecond,
    usefulPerSecond: useful / seconds,
    cpuPerRefusal: refused > useful / 10 ? (offered.cpuSeconds - useful * cpuPerAnswer) / refused : Number.NaN,
    memoryMb: readMemoryMb(child.pid),
    classes: offered.classes,
  };
}

/** Everything of a gateway is compiled before it is measured. */
export async function warmUp(
  { port }: RunningGateway,
  load: Child,
  { tokens, work }: Asked,
  { connections, warmUpSeconds }: OverloadSettings,
): Promise<void> {
  first += 1_000_000;
  const way = { kind: 'closed', connections } as const;
  const classes = [...importantClasses, ...otherClasses];
  await load.ask({
    port,
    tokens,
    work,
    way,
    classes,
    warmUpSeconds: 2 * warmUpSeconds,
    seconds: 0.5,
    first,
  } satisfies CrowdSpec);
}

function measureCpu(pid: number, afterMs: number, forMs: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  setTimeout(() => {
    const before = readCpuSeconds(pid);
    setTimeout(() => resolve(readCpuSeconds(pid) - before), forMs);
  }, afterMs);
  return promise;
}

export function sum(classes: readonly ClassResult[], what: 'due' | 'useful' | 'refused' | 'late' | 'failed'): number {
  return classes.reduce((total, each) => total + each[what], 0);
}
