import { startLongRun } from '../support/long-run.ts';
import { compareOperations } from './compare-operations.ts';

const { seed, count } = startLongRun('differential');

compareOperations({ runs: 50_000, seed, depth: 5, count });
