import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSearch } from '../../../subgraphs/products/product-list/read-search.ts';
import { createProductsSubgraph } from '../../../subgraphs/products/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addChannelsAndCategories, addProduct } from './catalogue.ts';

interface Found {
  readonly products: {
    readonly nodes: readonly { readonly id: string }[];
    readonly facets?: readonly { readonly attribute: string; readonly values: readonly object[] }[];
    readonly pageInfo: { readonly endCursor: string | null };
  };
}

const query = `query ($channel: ID! = "web", $search: String, $first: Int, $after: String) {
  products(channel: $channel, search: $search, first: $first, after: $after) { nodes { id } pageInfo { endCursor } } }`;

let products: OpenSubgraph<'products'>;
beforeAll(async () => {
  products = await openSubgraph('products', createProductsSubgraph);
  const { db } = products;
  await addChannelsAndCategories(db);
  const web = { web: 100 };
  const add = (id: string, title: string, description: string, attributes: Readonly<Record<string, string>>) =>
    addProduct(db, { id, title, description, attributes, prices: web });
  await add('lantern', 'White Hanging Lantern', 'A lamp for candles', { Colour: 'White', Material: 'Metal' });
  await add('holder', 'T-Light Holder', 'White metal lantern shape', { Colour: 'White', Material: 'Glass' });
  await add('clock', 'Red Alarm Clock', 'Wakes you', { Colour: 'Red' });
  await add('bunting', 'Jumbo Bag Röd Retrospot', '', { Colour: 'Red', Material: 'Cotton' });
  await addProduct(db, { id: 'unlisted', title: 'White Hanging Lantern', prices: { pos: 100 } });
  await addProduct(db, {
    id: 'renamed',
    title: 'Umbrella',
    prices: { web: 100, pos: 100 },
    titles: { web: 'Parapluie Eiffel' },
  });
});
afterAll(() => products.close());

const find = async (search: string, channel = 'web') =>
  (await products.ask<Found>(query, { search, channel })).products.nodes.map((node) => node.id);

describe('search', () => {
  it('puts a hit in the title before one in the description', async () => {
    expect(await find('lanterns')).toEqual(['lantern', 'holder']);
  });

  it('keeps quoted words together and leaves out what a minus excludes', async () => {
    expect(await find('"hanging lantern"')).toEqual(['lantern']);
    expect(await find('white -hanging')).toEqual(['holder']);
    expect(await find('clock or bag')).toEqual(expect.arrayContaining(['clock', 'bunting']));
  });

  it('knows a channel’s own wording, in that channel only', async () => {
    expect(await find('parapluie')).toEqual(['renamed']);
    expect(await find('parapluie', 'pos')).toEqual([]);
  });

  it('forgives a typing error when nothing has the words', async () => {
    expect(await find('latern')).toEqual(['lantern', 'holder']);
    expect(await find('red alarn clok')).toEqual(['clock']);
    expect(await find('jumbo retrospt')).toEqual(['bunting']);
    expect(await find('paraplui eifel')).toEqual(['renamed']);
    expect(await find('latern -hanging')).toEqual(['holder']);
    expect(await find('qwertyuiop')).toEqual([]);
  });

  it('goes on by likeness on the second page of what was found so', async () => {
    await addProduct(products.db, { id: 'lantern2', title: 'Small Lantern', prices: { web: 5 } });
    const first = (await products.ask<Found>(query, { search: 'latern', first: 1 })).products;
    // From now on the words themselves find something; a page further on must not be of that other list.
    await addProduct(products.db, { id: 'latern', title: 'Latern', prices: { web: 5 } });
    const second = (await products.ask<Found>(query, { search: 'latern', first: 9, after: first.pageInfo.endCursor }))
      .products;
    expect([...first.nodes, ...second.nodes].map((node) => node.id).sort()).toEqual(
      expect.arrayContaining(['lantern', 'lantern2']),
    );
    await products.db.deleteFrom('product').where('id', 'in', ['latern', 'lantern2']).execute();
  });

  it('is no search when the text holds no word', async () => {
    for (const text of ['', '  ', '?!']) expect(await find(text), text).toHaveLength(5);
  });

  it.each(["' or 1=1 --", 'a:* | b:*', '"unclosed', '((', '%%%_', '\\', '-', '- - -', 'or or or', '<->', '🏮'])(
    'takes %j as words',
    async (text) => {
      await expect(find(text)).resolves.toBeDefined();
    },
  );

  it('takes one statement, a second one for likeness, and one for facets when asked for', async () => {
    expect(await products.countStatements(query, { search: 'lantern' })).toBe(1);
    expect(await products.countStatements(query, { search: 'latern' })).toBe(2);
    expect(
      await products.countStatements(query.replace('nodes', 'facets { attribute } nodes'), { search: 'lantern' }),
    ).toBe(2);
  });
});

describe('words of a search', () => {
  it.each([
    ['White "hanging  lantern"', ['white', 'hanging', 'lantern']],
    ['white -hanging -"red clock" t-light', ['white', 't', 'light']],
    ['-only', []],
    ['a a A', ['a']],
  ])('of %j', (text, words) => {
    expect(readSearch(text)?.words).toEqual(words);
  });
});

describe('facets', () => {
  const facets = `query ($search: String, $first: Int) { products(channel: "web", search: $search, first: $first) {
    nodes { id } pageInfo { endCursor } facets { attribute values { value count } } } }`;

  it('count the whole list and not the page', async () => {
    expect((await products.ask<Found>(facets, { first: 1 })).products.facets).toEqual([
      {
        attribute: 'Colour',
        values: [
          { value: 'Red', count: 2 },
          { value: 'White', count: 2 },
        ],
      },
      {
        attribute: 'Material',
        values: [
          { value: 'Cotton', count: 1 },
          { value: 'Glass', count: 1 },
          { value: 'Metal', count: 1 },
        ],
      },
    ]);
  });

  it('count what a search found, by words or by likeness', async () => {
    const metal = { attribute: 'Material', values: [{ value: 'Metal', count: 1 }] };
    const white = { attribute: 'Colour', values: [{ value: 'White', count: 1 }] };
    expect((await products.ask<Found>(facets, { search: 'hanging' })).products.facets).toEqual([white, metal]);
    expect((await products.ask<Found>(facets, { search: 'hangging' })).products.facets).toEqual([white, metal]);
    expect((await products.ask<Found>(facets, { search: 'nothing' })).products.facets).toEqual([]);
  });

  it('show ten attributes and ten values at most, the most frequent', async () => {
    const many = Array.from({ length: 12 }, (_, n) =>
      addProduct(products.db, {
        id: `many${n}`,
        title: 'Manifold',
        attributes: {
          Size: `${n}`,
          ...Object.fromEntries(Array.from({ length: n }, (_, m) => [`Fact ${m + 10}`, 'yes'])),
        },
        prices: { web: 1 },
      }),
    );
    await Promise.all(many);
    const counted = (await products.ask<Found>(facets, { search: 'manifold' })).products.facets ?? [];
    expect(counted).toHaveLength(10);
    expect(counted[0]?.attribute).toBe('Size');
    expect(counted[0]?.values).toHaveLength(10);
    expect(counted.map((facet) => facet.attribute)).not.toContain('Fact 20');
    await products.db.deleteFrom('product').where('title', '=', 'Manifold').execute();
  });
});
