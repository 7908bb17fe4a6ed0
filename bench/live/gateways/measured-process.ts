/** Loaded before a gateway's own code, ours or a peer's: says how much memory it has, and profiles it when the bench asks. */
import { setTimeout as wait } from 'node:timers/promises';
import { answerParent } from '../../rig/processes/answer-parent.ts';
import { createProfiler } from '../../rig/profile/create-profiler.ts';

export type ProcessQuestion = 'settled-memory' | 'start-profile' | 'take-profile';

const profiler = createProfiler();

answerParent((question: ProcessQuestion) => {
  switch (question) {
    case 'settled-memory':
      return settledMemoryMb();
    case 'start-profile':
      return profiler.start();
    case 'take-profile':
      return profiler.take();
    default:
      return question satisfies never;
  }
});

/** Resident memory after garbage was collected, so that what a client holds is seen and not when V8 last cleaned up. */
async function settledMemoryMb(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await wait(50);
  }
  return process.memoryUsage.rss() / 1024 / 1024;
}
