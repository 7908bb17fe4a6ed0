import { expect, it } from 'vitest';
import { expectSoldOut } from './expect-sold-out.ts';

it('sells 1,000 units to 20,000 buyers of three channels through the graph with two inventory processes, and not one more', async () => {
  const told = await expectSoldOut(1_000, 20_000, 400);
  console.log(told);
  expect(told).toContain('1000 units');
});
