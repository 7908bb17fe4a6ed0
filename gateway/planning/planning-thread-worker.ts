import { parentPort } from 'node:worker_threads';
import type { DocumentNode } from 'graphql';
import { lowerPriority } from '../basics/lower-priority.ts';
import { hiddenError, invariant } from '../errors.ts';
import { readSupergraph, type Supergraph, viewFor } from '../supergraph/supergraph.ts';
import { type CommonForm, toCommonForm } from './common-form.ts';
import { createHivePlanner } from './hive-planner.ts';
import { parseDocument, validateDocument } from './judge-document.ts';
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
  const document = parseDocument(text);
  if (!('kind' in document)) return { id, verdict: document, planned: undefined, form: undefined };
  const verdict = validateDocument(view.apiSchema, document);
  if (!verdict.isValid || ahead === undefined) return { id, verdict, planned: undefined, form: undefined };
  // Only of what is valid: fragments may go in circles.
  const form = ahead.isCommon ? formOf(document, ahead, view) : undefined;
  const asked =
    form === undefined ? { text, ahead } : { text: form.text, ahead: { ...ahead, operationName: undefined } };
  const planned = await planSoon(asked.text, asked.ahead, { supergraph: view, planner }, controller);
  return { id, verdict, planned, form };
}

/** Undefined too where the name chooses nothing: who runs it says so. */
function formOf(
  document: DocumentNode,
  { operationName }: AheadRequest,
  { apiSchema }: Supergraph,
): CommonForm | undefined {
  try {
    return toCommonForm(document, operationName, apiSchema);
  } catch {
    return undefined;
  }
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
