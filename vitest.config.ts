import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Most tests start threads and processes of ours, and each would compile the same sources again: a third of a gateway's start.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('.data/test-compiled', import.meta.url));

export default defineConfig({
  // Vite would take graphql's `module` entry, Node takes `main`: two copies of graphql, which refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['test/**/*.test.ts'],
    // `npm run check` runs the first by themselves: they need no database. `npm run test:long` has the others.
    exclude: ['test/check/**', 'test/**/*.long.test.ts'],
    // One process a file: a file that leaves sockets, children or a changed environment behind harms no other, and is found out.
    pool: 'forks',
    isolate: true,
    // Two cores, and Postgres needs one of them: a third worker makes every file slower and time limits tight.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Every test waits for conditions with deadlines of its own; a retry would only hide a race.
    retry: 0,
    globalSetup: ['test/support/start-test-server.ts'],
    setupFiles: ['test/support/check-leaks.ts'],
    typecheck: { enabled: false },
  },
});
