import { parentPort } from 'node:worker_threads';
import { lowerPriority } from '../basics/lower-priority.ts';
import { invariant } from '../errors.ts';
import { ApolloLife, type LifeLogLevel, type LivingSupergraph } from './apollo-life.ts';

/** What the thread tells; it is sent one supergraph after the other. */
export type LifeNews =
  | { readonly kind: 'log'; readonly level: LifeLogLevel; readonly message: string }
  | { readonly kind: 'announced' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly reason: string };

/** A supergraph to take after the one before, or the word that the next one is the first of another gateway. */
export type LifeOrder = LivingSupergraph | 'forget';

// The thread behind life-thread.ts: @apollo/gateway's part in the life of a supergraph. It ends with its parent.
const port = parentPort;
invariant(port !== null, 'this module runs in a thread of its own');

const tell = (news: LifeNews): void => port.postMessage(news);
const logAs = (level: LifeLogLevel) => (message: string) => tell({ kind: 'log', level, message: String(message) });
const begin = (): ApolloLife =>
  new ApolloLife({ debug: logAs('debug'), info: logAs('info'), warn: logAs('warn'), error: logAs('error') }, () =>
    tell({ kind: 'announced' }),
  );
let life = begin();

port.on('message', async (order: LifeOrder) => {
  if (order === 'forget') {
    void life.close();
    life = begin();
    return;
  }
  try {
    await life.take(order);
    tell({ kind: 'taken' });
    lowerPriority();
  } catch (error) {
    tell({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
  }
});
