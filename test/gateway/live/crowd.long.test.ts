import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { startLongRun } from '../../support/long-run.ts';
import { countCrowdCosts } from './crowd-costs.ts';

const run = startLongRun('live crowd');
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('a crowd of 5,000 costs what a single client does, but for sending', async () => {
  const { deliveries: _, ...one } = await countCrowdCosts(1, 20);
  const { deliveries, ...crowd } = await countCrowdCosts(5_000, 20);
  expect(crowd).toEqual(one);
  expect(deliveries).toBe(100_000);
  run.count('deliveries', deliveries);
});

test('crowds that come and go leave the memory where it was', async () => {
  const heapMb = async (): Promise<number> => {
    await countCrowdCosts(1_000, 1);
    collectGarbage();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  await heapMb(); // what is compiled and cached once
  const before = await heapMb();
  for (let crowd = 0; crowd < 5; crowd++) run.measure('heap MB', await heapMb());
  const after = await heapMb();
  run.measure('heap MB grown over 6,000 clients', (after - before).toFixed(1));
  // A client holds some 30 KB: if one in six stayed, it would be this much.
  expect(after - before).toBeLessThan(30);
});
