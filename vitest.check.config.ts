import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests of `npm run check`: they read the project and need no database. */
export default defineConfig({
  resolve: {
    // Vite would take graphql's "module" entry where Node takes "main": two copies, which graphql refuses to mix.
    alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }],
  },
  test: { include: ['test/check/**/*.test.ts'], testTimeout: 60_000 },
});
