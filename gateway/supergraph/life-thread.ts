import { Worker } from 'node:worker_threads';
import { shownError } from '../errors.ts';
import type { LifeLogger, LivingSupergraph } from './apollo-life.ts';
import type { LifeNews, LifeOrder } from './apollo-life-thread.ts';

/** Who has the last word on a supergraph: loads the first, then swaps, and says when. */
export interface SupergraphLife {
  /**
   * One at a time. Throws SUPERGRAPH_INVALID and keeps the old one when it is broken. The listener has been called when this is done.
   */
  take(supergraph: LivingSupergraph): Promise<void>;
  /** Refuses what is under way. Safe to call twice. */
  close(): Promise<void>;
}

/** @apollo/gateway takes 0.1 s for 100 KB of SDL; what takes longer than this will not end. */
const longestMs = 60_000;
const maxHeapMb = 1_024;

/**
 * @apollo/gateway in a thread of its own, because it builds its schemas and a query planner in one piece that held the event loop for
 * 110 ms (100 KB of SDL). A thread that ends over a supergraph refuses it, and the next one begins anew.
 */
export function createLifeThread(logger: LifeLogger, onLoadOrUpdate: () => void, entry = ownEntry): SupergraphLife {
  let worker: Worker | undefined;
  let taking: PromiseWithResolvers<void> | undefined;
  let isTaking = false;

  function start(): Worker {
    const started = (entry === ownEntry ? takeSpare() : undefined) ?? startThread(entry);
    started.on('message', hear);
    started.on('error', (error) => logger.error(`The thread of @apollo/gateway failed: ${String(error)}`));
    started.on('exit', () => {
      if (worker !== started) return;
      worker = undefined;
      refuse('its check ended before it was done');
    });
    return started;
  }

  function hear(news: LifeNews): void {
    switch (news.kind) {
      case 'log':
        logger[news.level](news.message);
        return;
      case 'announced':
        onLoadOrUpdate();
        return;
      case 'taken':
        taking?.resolve();
        return;
      case 'refused':
        taking?.reject(shownError('SUPERGRAPH_INVALID', news.reason));
        return;
      default:
        news satisfies never;
    }
  }

  function refuse(reason: string): void {
    taking?.reject(shownError('SUPERGRAPH_INVALID', `The supergraph cannot be served: ${reason}.`));
  }

  async function end(): Promise<void> {
    const old = worker;
    worker = undefined;
    old?.ref();
    await old?.terminate();
  }

  function order(wish: LifeOrder): void {
    worker?.postMessage(wish);
  }

  worker = start(); // its start takes 0.5 s, in which the first supergraph is read and its plans are made
  return {
    async take({ id, sdl }) {
      worker ??= start();
      taking = Promise.withResolvers<void>();
      const tooLong = setTimeout(() => {
        refuse('its check takes too long');
        void end();
      }, longestMs);
      worker.ref(); // the event loop must not end while somebody waits
      order({ id, sdl });
      isTaking = true;
      try {
        await taking.promise;
      } finally {
        isTaking = false;
        clearTimeout(tooLong);
        worker?.unref();
      }
    },
    async close() {
      refuse('the gateway is closing');
      if (isTaking || worker === undefined || entry !== ownEntry || spare !== undefined) {
        await end();
        return;
      }
      order('forget');
      keepSpare(worker);
      worker = undefined;
    },
  };
}

const ownEntry = new URL('./apollo-life-thread.ts', import.meta.url);
/**
 * What a closed gateway has left for the next one of this process: loading @apollo/gateway is half of the CPU that the start of a gateway takes, and tests
 * start hundreds. It holds up nobody's end.
 */
let spare: Worker | undefined;

function startThread(entry: URL): Worker {
  const started = new Worker(entry, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
  started.unref();
  return started;
}

function keepSpare(worker: Worker): void {
  removeListeners(worker);
  worker.on('error', () => undefined); // an exit follows
  worker.on('exit', () => {
    if (spare === worker) spare = undefined;
  });
  worker.unref();
  spare = worker;
}

function takeSpare(): Worker | undefined {
  const kept = spare;
  spare = undefined;
  if (kept !== undefined) removeListeners(kept);
  return kept;
}

/** Ours alone: by others Node knows whether to wait for messages. */
function removeListeners(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}
