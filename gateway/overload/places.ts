/** One class of operations. */
export interface PlaceClass {
  /** Part of the places that it gets whenever it wants them, whatever waits in the classes above it. */
  readonly share: number;
  readonly patienceMs: number;
}

/** An operation that asks for a place. One of the two is called, once, unless it withdraws before. */
export interface Waiter {
  start(): void;
  refuse(): void;
}

export interface PlacesOptions {
  /** The most important first. Operations are counted by their index here; by `classes.length` when nobody has asked what they are. */
  readonly classes: readonly PlaceClass[];
  readonly limit: number;
  readonly now: () => number;
}

/** Places among the operations that run, and the queues for them. Knows no socket, no timer and no clock but the one given. */
export interface Places {
  readonly limit: number;
  readonly running: number;
  readonly waiting: number;
  waitingOf(priority: number): number;
  /** A place, when one is free and nobody waits for it. To be given back with `leave`. */
  tryEnter(priority: number): boolean;
  /** A place now, later or not at all; `agoMs` is how long the operation may have waited already. Returns what withdraws it, which does nothing once it has been called. */
  enter(priority: number, waiter: Waiter, agoMs?: number): () => void;
  leave(priority: number): void;
  setLimit(limit: number): void;
  /** Refuses those who have waited too long. To be called now and then while somebody waits. */
  sweep(): void;
}

interface Queued {
  readonly deadlineMs: number;
  /** Undefined once it has left: a Set may keep what has left it, see ChurnMap. */
  waiter: Waiter | undefined;
}

/** Of one class: what waits is a request whose body is not read, some kilobytes. */
const maxWaiting = 1_000;
/** The pace at which places become free is measured over so long, or, when none has, over longer; forgotten when nobody has waited for that long. */
const paceMs = 50;
const quietPaceMs = 500;
const forgottenMs = 1_000;

/**
 * Whoever waits does so behind the higher classes and those of its own, with one exception: a class that has less than its share of the places
 * goes first. Who would wait longer than its patience is refused at once: the sooner it hears, the less it costs.
 */
export function createPlaces({ classes, limit: firstLimit, now }: PlacesOptions): Places {
  const queues = classes.map(() => new Set<Queued>());
  const runningOf = new Array<number>(classes.length + 1).fill(0);
  let limit = firstLimit;
  let running = 0;
  let waiting = 0;
  let left = 0;
  let countedSinceMs = Number.NEGATIVE_INFINITY;
  /** Places that become free in a millisecond; undefined while that is not known. */
  let pace: number | undefined;
  let isFilling = false;

  const take = (priority: number): void => {
    running++;
    runningOf[priority] = (runningOf[priority] ?? 0) + 1;
  };
  const drop = (queue: Set<Queued>, queued: Queued): Waiter | undefined => {
    const { waiter } = queued;
    if (!queue.delete(queued)) return undefined;
    queued.waiter = undefined;
    waiting--;
    return waiter;
  };
  const isBelowShare = (priority: number): boolean => {
    const share = classes[priority]?.share ?? 0;
    return share > 0 && (runningOf[priority] ?? 0) < Math.max(1, Math.floor(share * limit));
  };
  const findNext = (): number => {
    const entitled = queues.findIndex((queue, priority) => queue.size > 0 && isBelowShare(priority));
    return entitled >= 0 ? entitled : queues.findIndex((queue) => queue.size > 0);
  };
  const fillOne = (): void => {
    const priority = findNext();
    const queue = queues[priority];
    const [next] = queue ?? [];
    if (queue === undefined || next === undefined) return;
    const waiter = drop(queue, next);
    if (next.deadlineMs < now()) {
      waiter?.refuse();
      return;
    }
    take(priority);
    waiter?.start();
  };
  /** Whoever is started may leave at once: the loop sees it, and the stack does not grow. */
  const fill = (): void => {
    if (isFilling) return;
    isFilling = true;
    try {
      while (waiting > 0 && running < limit) fillOne();
    } finally {
      isFilling = false;
    }
  };
  const measurePace = (atMs: number): void => {
    const passedMs = atMs - countedSinceMs;
    if (passedMs > forgottenMs) pace = undefined;
    else if (passedMs < (left > 0 ? paceMs : quietPaceMs)) return;
    else pace = pace === undefined ? left / passedMs : 0.7 * pace + (0.3 * left) / passedMs;
    left = 0;
    countedSinceMs = atMs;
  };
  const isHopeless = (priority: number, untilDeadlineMs: number): boolean => {
    const queue = queues[priority];
    if (queue === undefined || queue.size >= maxWaiting || limit === 0 || untilDeadlineMs <= 0) return true;
    if (pace === undefined) return false;
    let ahead = 1;
    for (let above = 0; above <= priority; above++) ahead += queues[above]?.size ?? 0;
    return ahead / pace > untilDeadlineMs;
  };

  const tryEnter = (priority: number): boolean => {
    if (waiting > 0 || running >= limit) return false;
    take(priority);
    return true;
  };

  return {
    get limit() {
      return limit;
    },
    get running() {
      return running;
    },
    get waiting() {
      return waiting;
    },
    waitingOf: (priority) => queues[priority]?.size ?? 0,
    tryEnter,
    enter(priority, waiter, agoMs = 0) {
      if (tryEnter(priority)) {
        waiter.start();
        return () => undefined;
      }
      const atMs = now();
      measurePace(atMs);
      const patienceMs = classes[priority]?.patienceMs ?? 0;
      // What it has waited is a guess: it shortens the wait, and refuses nobody by itself.
      const untilDeadlineMs = patienceMs - Math.min(agoMs, patienceMs / 2);
      const queue = queues[priority];
      if (queue === undefined || isHopeless(priority, untilDeadlineMs)) {
        waiter.refuse();
        return () => undefined;
      }
      const queued: Queued = { deadlineMs: atMs + untilDeadlineMs, waiter };
      queue.add(queued);
      waiting++;
      return () => void drop(queue, queued);
    },
    leave(priority) {
      running--;
      left++;
      runningOf[priority] = (runningOf[priority] ?? 1) - 1;
      fill();
    },
    setLimit(next) {
      limit = next;
      fill();
    },
    sweep() {
      const atMs = now();
      measurePace(atMs);
      for (const queue of queues) {
        for (const queued of queue) {
          if (queued.deadlineMs < atMs) drop(queue, queued)?.refuse();
        }
      }
    },
  };
}
