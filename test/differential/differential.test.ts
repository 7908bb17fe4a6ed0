import { vi } from 'vitest';
import { compareOperations } from './compare-operations.ts';

// Measured: 80 s of one core in all. Ten times as much for a machine that is busy with other things.
vi.setConfig({ testTimeout: 300_000 });
const seed = Number(process.env.DIFFERENTIAL_SEED ?? Date.now() % 2 ** 31);

compareOperations({ runs: Number(process.env.DIFFERENTIAL_RUNS ?? 2_000), seed, depth: 4, count: () => undefined });
