import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ChurnMap } from '../basics/churn-map.ts';
import { hiddenError } from '../errors.ts';

/** What the process is sent after the supergraph's SDL, and what it sends back; both travel as structured clones. */
export interface PlannerQuestion<Question> {
  readonly id: number;
  readonly question: Question;
}
export type PlannerAnswer<Plan> =
  /** It has read the supergraph, or cannot. */
  | { readonly isReady: true }
  | { readonly id: number; readonly plan: Plan }
  | { readonly id: number; readonly failure: string };

/** A planner in a process of its own, started with the first question, or before. */
export interface PlannerProcess<Question, Plan> {
  /** Resolves when questions are answered without delay; never rejects. */
  warmUp(): Promise<void>;
  /** Rejects with the planner's reason, with how the process died of this question, and with the signal's reason. */
  ask(question: Question, signal: AbortSignal): Promise<Plan>;
  close(): Promise<void>;
}

export interface PlannerProcessOptions {
  readonly entry: URL;
  readonly sdl: string;
  /** Questions it works on at a time. */
  readonly atOnce: number;
  /** Told when it has died by itself, and of what. */
  readonly onDeath?: ((how: string) => void) | undefined;
}

interface Asked<Question, Plan> {
  readonly id: number;
  readonly question: Question;
  readonly resolve: (plan: Plan) => void;
  readonly reject: (reason: unknown) => void;
  /** performance.now() when it was last sent. */
  sentAt: number;
  /** A process died with it and others in hand. */
  isSuspect: boolean;
  /** Nobody waits for it any more. */
  isLeft: boolean;
}

const maxWaiting = 1_000;
// A @requires on an @interfaceObject was seen to fill 4 GB within 20 s. In a worker thread that ended the whole gateway.
const maxHeapMb = 512;
/** A plan that nobody waits for, and that has taken so long, may never end: the process is replaced. */
const longestLeftMs = 250;

/**
 * Planners die of some operations: Apollo's of memory, the native one of a panic that cannot be caught and would abort the gateway
 * with everything that runs in it. So neither is ever in its process. When theirs dies, what it had in hand is asked again one by one, to find which
 * of it was the cause; that one is refused, and the others are answered. Apollo's plans synchronously and cannot be interrupted: at
 * a deadline the process is replaced.
 */
export function createPlannerProcess<Question, Plan>({
  entry,
  sdl,
  atOnce,
  onDeath,
}: PlannerProcessOptions): PlannerProcess<Question, Plan> {
  const waiting = new ChurnMap<number, Asked<Question, Plan>>();
  const inHand = new ChurnMap<number, Asked<Question, Plan>>();
  let child: ChildProcess | undefined;
  let ready = Promise.withResolvers<void>();
  let [lastId, warming] = [0, 0];
  let isClosed = false;

  function start(): ChildProcess {
    const started = fork(entry, {
      execArgv: [`--max-old-space-size=${maxHeapMb}`],
      serialization: 'advanced',
      // What a planner prints when it dies is not a log line of ours.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const begun = Promise.withResolvers<void>();
    ready = begun;
    started.unref();
    started.channel?.unref();
    started.on('message', (answer: PlannerAnswer<Plan>) => {
      if ('isReady' in answer) begun.resolve();
      else if (child === started) settle(answer);
    });
    const onEnd = (reason: unknown): void => {
      begun.resolve();
      if (child !== started) return;
      child = undefined;
      const how = String(reason);
      onDeath?.(how);
      blame(new Error(`The planner's process ended: ${how}.`));
    };
    started.on('error', onEnd); // it did not start; no exit follows
    started.on('exit', (code, signal) => onEnd(signal ?? code));
    started.send(sdl, () => undefined);
    return started;
  }

  function settle(answer: Exclude<PlannerAnswer<Plan>, { isReady: true }>): void {
    const asked = inHand.delete(answer.id);
    if ('plan' in answer) asked?.resolve(answer.plan);
    else asked?.reject(new Error(answer.failure));
    goOn();
  }

  function blame(reason: Error): void {
    const held = Array.from(inHand.entries(), ([, asked]) => asked);
    inHand.clear();
    const [only] = held;
    if (held.length === 1) only?.reject(reason);
    else for (const asked of held) putBack(asked, true);
    goOn();
  }

  function putBack(asked: Asked<Question, Plan>, isSuspect: boolean): void {
    if (asked.isLeft) return;
    asked.isSuspect ||= isSuspect;
    waiting.set(asked.id, asked);
  }

  function findNext(): Asked<Question, Plan> | undefined {
    const [first] = waiting.entries();
    for (const [, asked] of waiting.entries()) if (asked.isSuspect) return asked;
    return first?.[1];
  }

  /** Sends what may be sent: of suspects one alone. */
  function goOn(): void {
    while (waiting.size > 0 && inHand.size < atOnce && !isClosed) {
      const next = findNext();
      const isAlone = next?.isSuspect === true || Array.from(inHand.entries()).some(([, asked]) => asked.isSuspect);
      if (next === undefined || (isAlone && inHand.size > 0)) break;
      child ??= start();
      if (!child.connected) break; // it has died, and says so soon
      waiting.delete(next.id);
      next.sentAt = performance.now();
      inHand.set(next.id, next);
      child.send({ id: next.id, question: next.question } satisfies PlannerQuestion<Question>, () => undefined);
    }
    // While somebody waits, the event loop must not end: neither before the answer nor before the end of a process that has lost its channel.
    const way = waiting.size + inHand.size + warming > 0 ? 'ref' : 'unref';
    child?.[way]();
    child?.channel?.[way]();
  }

  function leave(asked: Asked<Question, Plan>): void {
    asked.isLeft = true;
    if (waiting.delete(asked.id) !== undefined || inHand.get(asked.id) === undefined) return;
    const leftMs = longestLeftMs - (performance.now() - asked.sentAt);
    const replaceIfStuck = (): void => {
      if (inHand.get(asked.id) === asked) replace();
    };
    if (leftMs <= 0) replaceIfStuck();
    else setTimeout(replaceIfStuck, leftMs).unref();
  }

  function replace(): void {
    const old = child;
    child = undefined;
    old?.kill('SIGKILL');
    const held = Array.from(inHand.entries(), ([, asked]) => asked);
    inHand.clear();
    for (const asked of held) putBack(asked, false);
    goOn();
  }

  return {
    async warmUp() {
      if (isClosed) return;
      child ??= start();
      warming++;
      goOn();
      await ready.promise;
      warming--;
      goOn();
    },
    ask(question, signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (isClosed) return Promise.reject(new Error('The planner was closed.'));
      if (waiting.size >= maxWaiting)
        return Promise.reject(hiddenError(`More than ${maxWaiting} operations wait for a plan.`));
      const { promise, resolve, reject } = Promise.withResolvers<Plan>();
      const asked = { id: ++lastId, question, resolve, reject, sentAt: 0, isSuspect: false, isLeft: false };
      const onAbort = (): void => {
        reject(signal.reason);
        leave(asked);
      };
      waiting.set(asked.id, asked);
      signal.addEventListener('abort', onAbort, { once: true });
      goOn();
      return promise.finally(() => signal.removeEventListener('abort', onAbort));
    },
    async close() {
      isClosed = true;
      for (const each of [waiting, inHand]) {
        for (const [, { reject }] of each.entries()) reject(new Error('The planner was closed.'));
        each.clear();
      }
      const old = child;
      child = undefined;
      if (old === undefined || old.exitCode !== null || old.signalCode !== null || old.pid === undefined) return;
      const exited = once(old, 'exit');
      old.ref();
      old.kill('SIGKILL');
      await exited;
    },
  };
}
