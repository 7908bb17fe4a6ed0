import { describe, expect, test } from 'vitest';
import { guessMapping } from '../../import/mapping/guess-mapping.ts';
import { loadMapping, loadOwnMappings, parseMapping } from '../../import/mapping/load-mapping.ts';

describe('mappings', () => {
  test('all of ours can be read, and bear the name of their file', async () => {
    const names = (await loadOwnMappings()).map(({ name }) => name);
    expect(names).toEqual([
      'bestbuy-products',
      'bestbuy-stores',
      'ikea',
      'oneshelf-locations',
      'oneshelf-orders',
      'oneshelf-products',
      'oneshelf-stock',
      'uci-online-retail',
    ]);
  });

  test('a wrong key is named with its place', () => {
    const text = 'name: x\nabout: x\nsource: x\ncolumns: [a]\nstock: { sku: a, location: a, onHand: a, on_hand: b }\n';
    expect(() => parseMapping(text, 'x.yaml')).toThrow(/x\.yaml is wrong.*on_hand.*stock/s);
  });

  test('a regular expression that is none is found when the mapping is read', () => {
    const text = `name: x\nabout: x\nsource: x\ncolumns: [a]\nstock:\n  { sku: a, location: a, onHand: a, refuse: [{ when: { field: a, matches: '(' }, reason: why not }] }\n`;
    expect(() => parseMapping(text, 'x.yaml')).toThrow('not a regular expression');
  });

  test('what is no YAML says where', () => {
    expect(() => parseMapping('name: [\n', 'x.yaml')).toThrow(/x\.yaml is no YAML.*line/s);
  });

  test('a name that is none lists those there are', async () => {
    await expect(loadMapping('nobody')).rejects.toThrow(/no mapping nobody; ours are .*uci-online-retail/);
  });

  test('the header decides, and a header that fits none is shown', async () => {
    const mappings = await loadOwnMappings();
    const [products] = mappings.filter(({ name }) => name === 'oneshelf-products');
    expect(guessMapping(mappings, 'products', [...(products?.columns ?? []), 'gtin']).name).toBe('oneshelf-products');
    expect(() => guessMapping(mappings, 'orders', ['Nummer', 'Datum'])).toThrow('Nummer, Datum');
  });
});
