import { defineConfig } from 'vitest/config';
import usual from './vitest.config.ts';

// `npm run test:long`: the forms of tests that take minutes. One file at a time, since many of them measure or load the machine.
export default defineConfig({
  ...usual,
  test: {
    ...usual.test,
    include: ['test/**/*.long.test.ts'],
    exclude: [],
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    reporters: ['verbose'],
    // Seeds, progress and figures (test/support/long-run.ts) are seen as they come.
    disableConsoleIntercept: true,
  },
});
