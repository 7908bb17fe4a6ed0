import { parentPort } from 'node:worker_threads';
import { invariant } from '../errors.ts';
import { ApolloLife, type LifeLogLevel, type LivingSupergraph } from './apollo-life.ts';
import { lowerPriority } from './lower-priority.ts';

/** What the thread tells; it is sent one supergraph after the other. */
export type LifeNews =
  | { readonly kind: 'log'; readonly level: LifeLogLevel; readonly message: string }
  | { readonly kind: 'announced' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly reason: string };

// The thread behind life-thread.ts: @apollo/gateway's part in the life of a supergraph. It ends with its parent.
const port = parentPort;
invariant(port !== null, 'this module runs in a thread of its own');

const tell = (news: LifeNews): void => port.postMessage(news);
const logAs = (level: LifeLogLevel) => (message: string) => tell({ kind: 'log', level, message: String(message) });
const life = new ApolloLife(
  { debug: logAs('debug'), info: logAs('info'), warn: logAs('warn'), error: logAs('error') },
  () => tell({ kind: 'announced' }),
);

port.on('message', async (supergraph: LivingSupergraph) => {
  try {
    await life.take(supergraph);
    tell({ kind: 'taken' });
    lowerPriority();
  } catch (error) {
    tell({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
  }
});
