import { describe, expect, onTestFinished, test } from 'vitest';
import { openStock } from './answer-stock.ts';
import { explainStock } from './explain-stock.ts';
import { openWorld } from './open-world.ts';
import { stockDifferences } from './stock-differences.ts';
import { depot } from './worlds/depot.ts';
import { library } from './worlds/library.ts';

const worlds = { library, depot };

describe.each(stockDifferences)('$reason', ({ examples, reason }) => {
  test.each(examples)(
    'in $world: $document',
    { timeout: 60_000 },
    async ({ world, document, variables = {}, chaos }) => {
      const open = openWorld(worlds[world]);
      onTestFinished(() => open.close());
      const stock = await openStock(open.world, open.supergraph.sdl, open.subgraphs);
      onTestFinished(() => stock.close());
      const operation = { document, variables };
      const expected = await open.answerMerged(operation, chaos);
      expect((await open.answer('hive', operation, 0, chaos)).data).toBe(expected.data);
      expect((await open.answer('apollo', operation, 0, chaos)).data).toBe(expected.data);
      expect(await explainStock(open, stock, operation, chaos)).toEqual({ kind: 'listed', reason });
    },
  );
});
