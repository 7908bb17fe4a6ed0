import { parentPort } from 'node:worker_threads';

// The thread of @apollo/gateway itself, with one fault that a supergraph can ask for.
parentPort?.on('message', ({ sdl }: { readonly sdl: string }) => {
  if (sdl.includes('END_THE_THREAD')) process.exit(1);
});
await import('../../../gateway/supergraph/apollo-life-thread.ts');
