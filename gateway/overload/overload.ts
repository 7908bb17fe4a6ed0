import { type GatewayError, shownError } from '../errors.ts';
import { allowedOperationMs, createLimitControl, minLimit } from './limit-control.ts';
import { createLoopWatch, type LoopWatch } from './loop-watch.ts';
import { createPlaces, type Waiter } from './places.ts';
import type { PrioritySettings } from './priority-settings.ts';

/** Gives a place back; a second call does nothing. One that nothing ran in says nothing about how long operations take. */
export type Leave = (how?: 'unused') => void;

/** An operation that has asked for a place. */
export interface Asking {
  /** It may run, and gives its place back. */
  start(leave: Leave): void;
  refuse(): void;
}

/** How many operations may run, and who goes first when more want to. Close it when done. */
export interface Overload {
  readonly limit: number;
  readonly running: number;
  /** By class, in the order of the settings. */
  readonly waiting: readonly number[];
  readonly refused: readonly number[];
  /** Whether `tryEnter` would give one. */
  readonly hasRoom: boolean;
  /** A place, when there is room for anybody; who is asking is not looked at. */
  tryEnter(): Leave | undefined;
  /** A place for an operation of a class, now, later or not at all. Returns what withdraws it. */
  enter(priority: number, asking: Asking): () => void;
  /** The same as a promise. Rejects with OVERLOADED, or with the signal's reason. */
  wait(priority: number, signal: AbortSignal): Promise<Leave>;
  /** Counts one that is refused without having asked. */
  turnAway(priority: number): void;
  /** When one that was refused may come back: later for lower classes, and spread, so that they do not all come at once. */
  retryAfterSeconds(priority: number): number;
  close(): void;
}

export interface OverloadOptions {
  readonly priorities: PrioritySettings;
  readonly maxRunning: number;
  readonly targetTurnMs: number;
  readonly targetOperationMs: number;
  /** Told about refusals, several at a time, every now and then. */
  readonly onRefused: (count: number) => void;
  readonly watch?: LoopWatch;
  readonly now?: () => number;
}

/** The event loop is looked at no sooner than this, and with fewer operations than that not at all. */
const lookEveryMs = 25;
const fewOperations = 8;
/** One that hangs counts as one that took so many times what it may: a few that wait for their deadline are no crowd. */
const longestCounted = 4;
/**
 * What operations take among few is the mean of about so many. Of 64, the few dozen that end in the wake of a crowd, slowed by it, taught it to let too many
 * run in the next one: a second crowd at three times the load then had a fifth of the checkouts come late.
 */
const fewInMean = 512;
/** What the loop did while nobody looked says nothing about now. */
const staleMs = 1_000;

export function createOverload(options: OverloadOptions): Overload {
  const { priorities, maxRunning, targetTurnMs, targetOperationMs, onRefused, watch = createLoopWatch() } = options;
  const { now = () => performance.now() } = options;
  const control = createLimitControl({ maxLimit: maxRunning, targetTurnMs, targetOperationMs });
  const places = createPlaces({ classes: priorities, limit: control.limit, now });
  const unknown = priorities.length;
  const refused = priorities.map(() => 0);
  let [lookedAtMs, turnMs, peakRunning, isLimiting, untold] = [now(), 0, 0, false, 0];
  let timer: NodeJS.Timeout | undefined;
  let [ended, ranMs] = [0, 0];
  let operationMs: number | undefined;
  let [amongFewMs, fewSeen]: [number | undefined, number] = [undefined, 0];

  const look = (atMs: number): void => {
    lookedAtMs = atMs;
    const stretch = watch.look();
    turnMs = stretch.turnMs;
    // However long the loop was busy, it was so with what runs.
    if (stretch.durationMs <= staleMs || stretch.busyShare > 0.5) {
      // Few operations say little: what the last ones took stands until as many have ended.
      if (ended >= fewOperations) [operationMs, ended, ranMs] = [ranMs / ended, 0, 0];
      control.observe({ ...stretch, operationMs, amongFewMs, peakRunning, isLimiting });
    } else [operationMs, ended, ranMs] = [undefined, 0, 0];
    [peakRunning, isLimiting] = [places.running, places.waiting > 0];
    places.setLimit(control.limit);
    if (untold === 0) return;
    onRefused(untold);
    untold = 0;
  };
  const lookIfDue = (): void => {
    const { running } = places;
    if (running > peakRunning) peakRunning = running;
    if (running < fewOperations && !isLimiting) return;
    const atMs = now();
    if (atMs - lookedAtMs >= lookEveryMs) look(atMs);
  };
  /** Runs while somebody waits, and no longer. */
  const tick = (): void => {
    places.sweep();
    lookIfDue();
    if (places.waiting > 0 || untold > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const leaveOnce = (priority: number): Leave => {
    let isHere = true;
    const startedMs = now();
    const beganAmongFew = places.running <= minLimit;
    return (how) => {
      if (!isHere) return;
      isHere = false;
      if (how === 'unused') {
        places.leave(priority);
        return;
      }
      const tookMs = Math.min(now() - startedMs, longestCounted * allowedOperationMs(targetOperationMs, amongFewMs));
      ended++;
      ranMs += tookMs;
      if (beganAmongFew && places.running <= minLimit) {
        fewSeen = Math.min(fewSeen + 1, fewInMean);
        amongFewMs ??= tookMs;
        amongFewMs += (tookMs - amongFewMs) / fewSeen;
      }
      places.leave(priority);
    };
  };
  const turnAway = (priority: number): void => {
    isLimiting = true;
    untold++;
    refused[priority] = (refused[priority] ?? 0) + 1;
    timer ??= setInterval(tick, lookEveryMs).unref();
  };
  const enter = (priority: number, asking: Asking): (() => void) => {
    lookIfDue();
    const waiter: Waiter = {
      start: () => asking.start(leaveOnce(priority)),
      refuse: () => {
        turnAway(priority);
        asking.refuse();
      },
    };
    // Node does not say when a request reached the socket: what is read in this turn came, at the earliest, while the last one ran.
    const withdraw = places.enter(priority, waiter, turnMs);
    if (places.waiting > 0) {
      isLimiting = true;
      timer ??= setInterval(tick, lookEveryMs).unref();
    }
    return withdraw;
  };

  const overloaded = (priority: number): GatewayError =>
    shownError('OVERLOADED', busy, { extensions: { retryAfterSeconds: retryAfterSeconds(priority) } });
  const retryAfterSeconds = (priority: number): number => 1 + Math.floor(Math.random() * (1 + priority));

  return {
    get limit() {
      return places.limit;
    },
    get running() {
      return places.running;
    },
    get waiting() {
      return priorities.map((_, priority) => places.waitingOf(priority));
    },
    refused,
    get hasRoom() {
      return places.waiting === 0 && places.running < places.limit;
    },
    tryEnter() {
      if (!places.tryEnter(unknown)) return undefined;
      lookIfDue();
      return leaveOnce(unknown);
    },
    enter,
    wait(priority, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const onAbort = (): void => {
          withdraw();
          reject(signal.reason);
        };
        const end = (): void => signal.removeEventListener('abort', onAbort);
        let withdraw = (): void => undefined;
        signal.addEventListener('abort', onAbort, { once: true });
        withdraw = enter(priority, {
          start: (leave) => {
            end();
            resolve(leave);
          },
          refuse: () => {
            end();
            reject(overloaded(priority));
          },
        });
      });
    },
    turnAway,
    retryAfterSeconds,
    close() {
      clearInterval(timer);
    },
  };
}

/** What the client reads. */
export const busy = 'The gateway is busy; try again later.';
