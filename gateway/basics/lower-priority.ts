import { readdirSync, readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Half the share of the event loop and the subgraphs, where there are too few cores. With 10 (a tenth) a first plan passed its
 * deadline of 2 s on a machine with eight busy processes a core.
 */
const niceness = 3;

let isLowered = false;

/**
 * Puts the calling thread behind the others, once: call it when its start is over, which somebody waits for. Linux alone has
 * priorities for threads, and only there does a thread learn its number so easily; elsewhere this does nothing.
 */
export function lowerPriority(): void {
  if (isLowered) return;
  isLowered = true;
  try {
    const [, thread] = /\/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self')) ?? [];
    if (thread !== undefined) setPriority(Number(thread), niceness);
  } catch {
    // It runs beside the others.
  }
}

/** The same for a process that does nothing else, with all the threads it has now. */
export function lowerPriorityOfProcess(): void {
  try {
    for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), niceness);
  } catch {
    // It runs beside the others.
  }
}
