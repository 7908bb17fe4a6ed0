/** The load generator, in a process of its own. */
import '../../../cli/keep-young.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { answerParent } from '../../rig/processes/answer-parent.ts';
import { readCpuSeconds } from '../../rig/processes/process-usage.ts';
import type { LoadResult, LoadSpec } from './load-spec.ts';
import { runStream } from './run-stream.ts';

/** Of all windows under way; none is left stopped, however the bench ends. */
const stopped = new Set<number>();
process.on('exit', () => resume([...stopped]));

answerParent(async (spec: LoadSpec): Promise<LoadResult> => {
  for (const pid of spec.stopped) {
    stopped.add(pid);
    process.kill(pid, 'SIGSTOP');
  }
  return await measure(spec).finally(() => resume(spec.stopped));
});

function resume(pids: readonly number[]): void {
  for (const pid of pids) {
    stopped.delete(pid);
    process.kill(pid, 'SIGCONT');
  }
}

async function measure(spec: LoadSpec): Promise<LoadResult> {
  const streams = await Promise.all(spec.streams.map((stream) => runStream(spec.port, stream)));
  await wait(spec.warmUpSeconds * 1_000);
  const cpuBefore = [...spec.pids, process.pid].map(readCpuSeconds);
  const startedAt = performance.now();
  for (const stream of streams) stream.measure();
  await wait(spec.seconds * 1_000);
  const seconds = (performance.now() - startedAt) / 1_000;
  const used = [...spec.pids, process.pid].map((pid, i) => readCpuSeconds(pid) - (cpuBefore[i] ?? 0));
  const results = await Promise.all(streams.map((stream) => stream.end()));
  return { seconds, streams: results, cpuSeconds: used.slice(0, -1), generatorCpuSeconds: used.at(-1) ?? 0 };
}
