import { parentPort } from 'node:worker_threads';
import type { ThreadMessage } from '../../../gateway/planning/thread-messages.ts';

// The planning thread itself, with two faults that a document can ask for.
parentPort?.on('message', (message: ThreadMessage) => {
  if (message.kind !== 'judge') return;
  if (message.text.includes('END_THE_THREAD')) process.exit(1);
  while (message.text.includes('HOLD_THE_THREAD'));
});
await import('../../../gateway/planning/planning-thread-worker.ts');
