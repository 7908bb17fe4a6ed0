import { expect, it } from 'vitest';
import { expectSoldOut } from './expect-sold-out.ts';

it('sells 200 units to 2,000 buyers of three channels through the graph with two inventory processes, and not one more', async () => {
  const told = await expectSoldOut(200, 2_000, 100);
  console.log(told);
  expect(told).toContain('200 units');
}, 120_000);
