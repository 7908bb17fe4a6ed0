import { startLongRun } from '../support/long-run.ts';
import { compareOperations } from './compare-operations.ts';

const { seed, count } = startLongRun('differential');

const runs = Number(process.env.DIFFERENTIAL_RUNS ?? 50_000);

// Deeper ones cost ten times as much, nearly all of it in Apollo's planner.
compareOperations({ runs: runs * 0.95, seed, depth: 4, count });
compareOperations({ runs: runs * 0.05, seed, depth: 5, count });
