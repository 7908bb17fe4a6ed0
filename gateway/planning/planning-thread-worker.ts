import { parentPort } from 'node:worker_threads';
import { lowerPriority } from '../basics/lower-priority.ts';
import { hiddenError, invariant } from '../errors.ts';
import { readSupergraph, type Supergraph, viewFor } from '../supergraph/supergraph.ts';
import { createHivePlanner } from './hive-planner.ts';
import { judgeDocument } from './judge-document.ts';
import { type AheadRequest, planAhead, planParts } from './plan-parts.ts';
import type { Planner } from './planner.ts';
import type {
  DeathNotice,
  OpenedAnswer,
  PlannedText,
  QuestionAnswer,
  ThreadMessage,
  ThreadQuestion,
} from './thread-messages.ts';

// The thread behind planning-thread.ts. It ends with its parent.
interface Opened {
  readonly supergraph: Supergraph;
  /** Undefined where the native planner has no build. */
  readonly planner: Planner | undefined;
}

const port = parentPort;
invariant(port !== null, 'this module runs in a thread of its own');
const opened = new Map<string, Opened>();
const running = new Map<number, AbortController>();
const longestAheadMs = 100;

port.on('message', (message: ThreadMessage) => {
  switch (message.kind) {
    case 'open':
      void open(message.supergraphId, message.sdl, message.contracts);
      return;
    case 'forget':
      void opened.get(message.supergraphId)?.planner?.close();
      opened.delete(message.supergraphId);
      return;
    case 'give-up':
      running.get(message.id)?.abort(hiddenError('Nobody waits for the answer.'));
      return;
    case 'judge':
    case 'plan':
      void reply(message.id, message);
      return;
    default:
      message satisfies never;
  }
});

/** What cannot be opened is answered with `isUnknown`, and done by who asks. */
async function open(supergraphId: string, sdl: string, contracts: readonly string[]): Promise<void> {
  try {
    const supergraph = readSupergraph(sdl, contracts);
    const planner = createHivePlanner(supergraph, (_kind, died) => port?.postMessage({ died } satisfies DeathNotice));
    opened.set(supergraphId, { supergraph, planner });
    await planner?.warmUp?.();
  } catch {
    opened.delete(supergraphId);
  }
  port?.postMessage({ opened: supergraphId } satisfies OpenedAnswer);
  lowerPriority();
}

async function reply(id: number, question: ThreadQuestion): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  const answered = await answer(id, question, controller).catch((error: unknown): QuestionAnswer => {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  });
  running.delete(id);
  port?.postMessage(answered);
}

async function answer(id: number, question: ThreadQuestion, controller: AbortController): Promise<QuestionAnswer> {
  const found = opened.get(question.supergraphId);
  if (found === undefined) return { id, isUnknown: true };
  const { supergraph, planner } = found;
  if (question.kind === 'plan')
    return { id, parts: JSON.stringify(await planParts(question.request, supergraph, planner, controller.signal)) };
  const { text, contract, ahead } = question;
  const view = viewFor(supergraph, contract);
  const verdict = judgeDocument(view.apiSchema, text);
  const planned =
    verdict.isValid && ahead ? await planSoon(text, ahead, { supergraph: view, planner }, controller) : undefined;
  return { id, verdict, planned };
}

/** A document that takes long to plan is asked about again, and has its own deadline then: that of its verdict ends the thread. */
async function planSoon(
  text: string,
  request: AheadRequest,
  { supergraph, planner }: Opened,
  controller: AbortController,
): Promise<PlannedText | undefined> {
  const startedAt = performance.now();
  const timer = setTimeout(() => controller.abort(hiddenError('It takes long.')), longestAheadMs);
  try {
    const parts = await planAhead(text, request, supergraph, planner, controller.signal);
    return parts && { parts: JSON.stringify(parts), durationMs: performance.now() - startedAt };
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
