import { Worker } from 'node:worker_threads';
import { ChurnMap } from '../basics/churn-map.ts';
import { hiddenError, invariant, shownError } from '../errors.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { CommonForm } from './common-form.ts';
import type { DocumentVerdict } from './judge-document.ts';
import type { AheadRequest, PartsRequest, PlannedPart } from './plan-parts.ts';
import type { OnPlannerDeath } from './planner.ts';
import { createSingleFlight } from './single-flight.ts';
import type { QuestionAnswer, ThreadAnswer, ThreadMessage, ThreadQuestion } from './thread-messages.ts';
import { createWorkLane } from './work-lane.ts';

/**
 * A thread that reads and plans documents nobody has sent before: parsing, validating, splitting and planning one takes 1 ms and
 * more, which the event loop has for operations that are known.
 */
export interface PlanningThread {
  /** Makes a supergraph known there. */
  open(supergraph: Supergraph): OpenedSupergraph;
  /**
   * What is wrong with a document, if anything, as the supergraph's view has it (viewFor); with `ahead` also its plan, or that of its common form, in the same
   * visit, unless it has conditions or takes long.
   * Undefined when the thread is broken: then it has to be done here. Rejects with the signal's reason, and with OVERLOADED.
   */
  judge(
    supergraph: Supergraph,
    text: string,
    signal: AbortSignal,
    ahead?: AheadRequest,
  ): Promise<JudgedInThread | undefined>;
  /** The same for splitting and planning one operation. */
  plan(supergraph: Supergraph, request: PartsRequest, signal: AbortSignal): Promise<readonly PlannedPart[] | undefined>;
  /** Documents that wait for their turn. */
  readonly waiting: number;
  readonly restarts: number;
  close(): Promise<void>;
}

export type JudgedInThread = DocumentVerdict & {
  /** Of the document, or of its common form where that is given. */
  readonly planned?: { readonly parts: readonly PlannedPart[]; readonly durationMs: number } | undefined;
  readonly form?: CommonForm | undefined;
};

export interface OpenedSupergraph {
  /** Resolves when questions about it are answered without delay; never rejects. */
  readonly ready: Promise<void>;
  /** Once per opening. */
  forget(): void;
}

interface Known {
  readonly sdl: string;
  readonly contracts: readonly string[];
  readonly ready: PromiseWithResolvers<void>;
  isReady: boolean;
  holders: number;
}

interface Asked {
  readonly question: ThreadQuestion & { readonly id: number };
  readonly resolve: (answer: QuestionAnswer | undefined) => void;
  readonly reject: (reason: unknown) => void;
  readonly startedAt: number;
  deaths: number;
}

/** Answers come in bursts of so many at most, and each makes work for the event loop. */
const judgedAtOnce = 4;
/** The native planner runs on the threads that files and names are read with: two of the four. */
const plannedAtOnce = 2;
const maxWaiting = 500;
/** A thread that dies so often without an answer in between, and over no document, cannot live here. */
const maxIdleDeaths = 3;
/** A document that holds the thread for so long takes it down: nothing else can end a synchronous validation. */
const longestHoldMs = 2_500;
const maxHeapMb = 512;

/** Starts the thread with the first supergraph. Close it when the last supergraph is closed. */
export function createPlanningThread(
  onPlannerDeath?: OnPlannerDeath,
  entry = new URL('./planning-thread-worker.ts', import.meta.url),
): PlanningThread {
  const judging = createWorkLane(judgedAtOnce, maxWaiting);
  const planning = createWorkLane(plannedAtOnce, maxWaiting);
  const flights = createSingleFlight<JudgedInThread | undefined>(2 * maxWaiting);
  const open = new Map<string, Known>();
  const asked = new ChurnMap<number, Asked>();
  let worker: Worker | undefined;
  let [lastId, restarts, idleDeaths] = [0, 0, 0];
  let isClosed = false;
  const isBroken = (): boolean => isClosed || idleDeaths >= maxIdleDeaths;

  function send(message: ThreadMessage): void {
    worker?.postMessage(message);
  }

  /** The event loop must not end while somebody waits, and the thread must not keep it from ending. */
  function hold(): void {
    if (asked.size > 0 || [...open.values()].some(({ isReady }) => !isReady)) worker?.ref();
    else worker?.unref();
  }

  function becomeReady(known: Known | undefined): void {
    if (known === undefined) return;
    known.isReady = true;
    known.ready.resolve();
  }

  function start(): void {
    const started = new Worker(entry, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
    worker = started;
    started.on('message', (answer: ThreadAnswer) => {
      idleDeaths = 0;
      if ('died' in answer) {
        onPlannerDeath?.('hive', answer.died);
        return;
      }
      if ('opened' in answer) {
        becomeReady(open.get(answer.opened));
        hold();
        return;
      }
      const waiter = asked.delete(answer.id);
      if (asked.size === 0) hold();
      waiter?.resolve('isUnknown' in answer ? undefined : answer);
    });
    started.on('error', () => undefined); // an exit follows, and is dealt with
    started.on('exit', () => {
      if (worker === started) restart();
    });
    for (const [supergraphId, { sdl, contracts }] of open) send({ kind: 'open', supergraphId, sdl, contracts });
  }

  /** What the thread had in hand is asked again, once: one of it may be what the thread died of. */
  function restart(): void {
    worker = undefined;
    if (asked.size === 0) idleDeaths++;
    restarts++;
    if (isBroken()) for (const known of open.values()) becomeReady(known);
    else start();
    for (const [id, each] of asked.entries()) {
      if (isBroken()) each.resolve(undefined);
      else if (++each.deaths > 1) each.reject(hiddenError('The planning thread ended over this document.'));
      else {
        send(each.question);
        continue;
      }
      asked.delete(id);
    }
    hold();
  }

  /** Ends a thread that does not come back. */
  function replace(): void {
    const old = worker;
    restart();
    void old?.terminate();
  }

  function ask(question: ThreadQuestion, signal: AbortSignal): Promise<QuestionAnswer | undefined> {
    if (isBroken()) return Promise.resolve(undefined);
    const id = ++lastId;
    const { promise, resolve, reject } = Promise.withResolvers<QuestionAnswer | undefined>();
    const numbered = { ...question, id };
    asked.set(id, { question: numbered, resolve, reject, startedAt: performance.now(), deaths: 0 });
    const giveUp = (): void => {
      const waiter = asked.get(id);
      if (waiter === undefined) return;
      asked.delete(id);
      if (asked.size === 0) hold();
      reject(signal.reason);
      if (question.kind === 'judge' && performance.now() - waiter.startedAt > longestHoldMs) replace();
      else send({ kind: 'give-up', id });
    };
    signal.addEventListener('abort', giveUp, { once: true });
    if (asked.size === 1) hold();
    send(numbered);
    return promise.finally(() => signal.removeEventListener('abort', giveUp));
  }

  return {
    open({ id, offeredSdl: sdl, contracts: views }) {
      const contracts = [...views.keys()];
      const known = open.get(id) ?? {
        sdl,
        contracts,
        ready: Promise.withResolvers<void>(),
        isReady: false,
        holders: 0,
      };
      open.set(id, known);
      if (isBroken()) becomeReady(known);
      else if (worker === undefined) start();
      else if (known.holders === 0) send({ kind: 'open', supergraphId: id, sdl, contracts });
      known.holders++;
      hold();
      let isHeld = true;
      const forget = (): void => {
        if (!isHeld) return;
        isHeld = false;
        if (--known.holders > 0) return;
        open.delete(id);
        send({ kind: 'forget', supergraphId: id });
      };
      return { ready: known.ready.promise, forget };
    },
    judge: ({ id: supergraphId, contract }, text, signal, ahead) =>
      flights.run(`${supergraphId}\n${JSON.stringify([contract, ahead])}\n${text}`, signal, (shared) =>
        judging.run(shared, async () => {
          const answer = await ask({ kind: 'judge', supergraphId, contract, text, ahead }, shared);
          return answer === undefined ? undefined : toJudged(answer);
        }),
      ),
    plan: ({ id: supergraphId }, request, signal) =>
      planning.run(signal, async () => {
        const answer = await ask({ kind: 'plan', supergraphId, request }, signal);
        return answer === undefined ? undefined : (JSON.parse(read(answer, 'parts')) as readonly PlannedPart[]);
      }),
    get waiting() {
      return judging.waiting + planning.waiting;
    },
    get restarts() {
      return restarts;
    },
    async close() {
      isClosed = true;
      for (const [, { reject }] of asked.entries()) reject(shownError('SHUTTING_DOWN', 'The gateway is closing.'));
      asked.clear();
      for (const known of open.values()) becomeReady(known);
      const old = worker;
      worker = undefined;
      old?.ref();
      await old?.terminate();
    },
  };
}

function toJudged(answer: QuestionAnswer): JudgedInThread {
  const verdict = read(answer, 'verdict');
  if (!('planned' in answer)) return verdict;
  const { planned, form } = answer;
  if (planned === undefined) return { ...verdict, form };
  const parts = JSON.parse(planned.parts) as readonly PlannedPart[];
  return { ...verdict, planned: { parts, durationMs: planned.durationMs }, form };
}

function read<Key extends 'verdict' | 'parts'>(
  answer: QuestionAnswer,
  key: Key,
): Extract<QuestionAnswer, Record<Key, unknown>>[Key] {
  if ('failure' in answer) throw hiddenError('The planning thread refused the document.', { cause: answer.failure });
  invariant(key in answer, 'the thread answers what it is asked');
  return (answer as Extract<QuestionAnswer, Record<Key, unknown>>)[key];
}
