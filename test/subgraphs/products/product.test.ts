import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProductsSubgraph } from '../../../subgraphs/products/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addChannelsAndCategories, addProduct } from './catalogue.ts';

let products: OpenSubgraph<'products'>;
beforeAll(async () => {
  products = await openSubgraph('products', createProductsSubgraph);
  const { db } = products;
  await addChannelsAndCategories(db);
  await addProduct(db, {
    id: 'LAMP',
    title: 'Lamp',
    description: 'Shines',
    categories: ['lamp', 'garden'],
    attributes: { Colour: 'Red', Material: 'Metal' },
    media: ['https://example.test/1.jpg', 'https://example.test/2.jpg'],
    variants: { 'LAMP-S': '96385074', 'LAMP-M': '012345678905', 'LAMP-L': '4006381333931' },
    prices: { web: 1000, pos: 1200, jp: null },
    titles: { web: 'Lamp for the web' },
  });
  await addProduct(db, { id: 'SPADE', title: 'Spade', prices: { pos: 500 } });
  await addProduct(db, { id: 'GHOST', title: 'Ghost', variants: {} });
  const options = JSON.stringify([{ name: 'Size', value: 'M' }]);
  await db.updateTable('variant').set({ options }).where('sku', '=', 'LAMP-M').execute();
});
afterAll(() => products.close());

describe('a product', () => {
  it('is found by id or by handle, with all that is known of it', async () => {
    const fields = `id handle title description media { url alt } attributes { name value }
      categories { id name parent { id parent { id parent { id } } } } channels { id name kind currencyCode locale }
      variants { nodes { sku gtin title options { name value } product { id } } }`;
    const both = await products.ask<{ readonly byId: unknown; readonly byHandle: unknown }>(
      `{ byId: product(id: "LAMP") { ${fields} } byHandle: product(handle: "h-lamp") { ${fields} } }`,
    );
    expect(both.byId).toEqual(both.byHandle);
    expect(both.byId).toEqual({
      id: 'LAMP',
      handle: 'h-lamp',
      title: 'Lamp',
      description: 'Shines',
      media: [
        { url: 'https://example.test/1.jpg', alt: 'Lamp' },
        { url: 'https://example.test/2.jpg', alt: 'Lamp' },
      ],
      attributes: [
        { name: 'Colour', value: 'Red' },
        { name: 'Material', value: 'Metal' },
      ],
      categories: [
        { id: 'garden', name: 'Garden', parent: null },
        { id: 'lamp', name: 'Lamps', parent: { id: 'light', parent: { id: 'home', parent: null } } },
      ],
      channels: [
        { id: 'jp', name: 'Japan', kind: 'MARKETPLACE', currencyCode: 'JPY', locale: 'ja-JP' },
        { id: 'pos', name: 'Tills', kind: 'POS', currencyCode: 'GBP', locale: 'en-GB' },
        { id: 'web', name: 'Web shop', kind: 'WEB', currencyCode: 'GBP', locale: 'en-GB' },
      ],
      variants: {
        nodes: [
          { sku: 'LAMP-S', gtin: '96385074', title: 'Lamp', options: [], product: { id: 'LAMP' } },
          {
            sku: 'LAMP-M',
            gtin: '012345678905',
            title: 'Lamp',
            options: [{ name: 'Size', value: 'M' }],
            product: { id: 'LAMP' },
          },
          { sku: 'LAMP-L', gtin: '4006381333931', title: 'Lamp', options: [], product: { id: 'LAMP' } },
        ],
      },
    });
  });

  it('is worded as the channel words it, and generally where it does not', async () => {
    const titles =
      'web: title(channel: "web") pos: title(channel: "pos") none: title(channel: "none") title description(channel: "web")';
    expect(await products.ask(`{ product(id: "LAMP") { ${titles} } }`)).toEqual({
      product: { web: 'Lamp for the web', pos: 'Lamp', none: 'Lamp', title: 'Lamp', description: 'Shines' },
    });
    expect(
      await products.ask('{ products(channel: "web") { nodes { title(channel: "web") title2: title } } }'),
    ).toEqual({
      products: { nodes: [{ title: 'Lamp for the web', title2: 'Lamp' }] },
    });
  });

  it('is null when nobody has the key, and refused without exactly one', async () => {
    expect(await products.ask('{ a: product(id: "x") { id } b: product(handle: "") { id } }')).toEqual({
      a: null,
      b: null,
    });
    for (const args of ['', '(id: "LAMP", handle: "h-lamp")', '(id: null)', '(id: "\\u0000")']) {
      const errors = await products.askForErrors(`{ product${args} { id } }`);
      expect(errors, args).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('refuses page sizes that are none', async () => {
    for (const field of [
      'media(first: 0) { url }',
      'media(first: 101) { url }',
      'variants(first: 101) { nodes { sku } }',
    ]) {
      const errors = await products.askForErrors(`{ product(id: "LAMP") { ${field} } }`);
      expect(errors, field).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

describe('variants of a product', () => {
  it('come a page at a time, in the shop’s order', async () => {
    interface Variants {
      readonly product: {
        readonly variants: {
          readonly nodes: readonly { readonly sku: string }[];
          readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
        };
      };
    }
    const read = async (after: string | null) =>
      (
        await products.ask<Variants>(
          'query ($after: String) { product(id: "LAMP") { variants(first: 2, after: $after) { nodes { sku } pageInfo { endCursor hasNextPage } } } }',
          { after },
        )
      ).product.variants;
    const first = await read(null);
    const second = await read(first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes].map((node) => node.sku)).toEqual(['LAMP-S', 'LAMP-M', 'LAMP-L']);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('refuse a cursor that is not theirs', async () => {
    const forged = [
      ['variants', 2 ** 40, 'x'],
      ['variants', 0.5, 'x'],
      ['variants', 1, 'x\u0000'],
      ['products', 1, 'x'],
    ];
    for (const cursor of forged) {
      const after = Buffer.from(JSON.stringify(cursor)).toString('base64url');
      const errors = await products.askForErrors(
        `{ product(id: "LAMP") { variants(after: "${after}") { nodes { sku } } } }`,
      );
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

describe('a variant', () => {
  const find = async (args: string) =>
    (
      await products.ask<{ readonly variant: { readonly sku: string } | null }>(
        `{ variant(${args}) { sku product { title } } }`,
      )
    ).variant?.sku;

  it.each([
    ['012345678905', 'LAMP-M'],
    ['12345678905', 'LAMP-M'],
    ['0012345678905', 'LAMP-M'],
    ['00012345678905', 'LAMP-M'],
    ['96385074', 'LAMP-S'],
    ['00000096385074', 'LAMP-S'],
    ['4006381333931', 'LAMP-L'],
    ['04006381333931', 'LAMP-L'],
    ['4006381333932', undefined],
    ['400638133393', undefined],
    ['004006381333931', undefined],
    ['', undefined],
    ['0', undefined],
    ['LAMP-L', undefined],
    ['٤', undefined],
  ])('scanned as %s is %s', async (gtin, sku) => {
    expect(await find(`gtin: "${gtin}"`)).toBe(sku);
  });

  it('is found by its SKU as it is stored', async () => {
    expect(await find('sku: "LAMP-S"')).toBe('LAMP-S');
    expect(await find('sku: "lamp-s"')).toBeUndefined();
  });

  it('is refused without exactly one key', async () => {
    for (const args of ['', '(sku: "LAMP-S", gtin: "96385074")', '(gtin: "1\\u0000")']) {
      const errors = await products.askForErrors(`{ variant${args} { sku } }`);
      expect(errors, args).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('shares its number with no other, however that is written', async () => {
    const again = { product_id: 'SPADE', title: 'x', gtin: '0012345678905', sku: 'COPY' };
    await expect(products.db.insertInto('variant').values(again).execute()).rejects.toMatchObject({ code: '23505' });
  });
});

describe('references', () => {
  const entities = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Product { id title }
    ... on ProductVariant { sku gtin } ... on Category { id name } ... on Channel { id name } ... on Promotion { id title } } }`;

  it('are resolved by every key that is declared, in their order, unknown ones to null', async () => {
    const of = [
      { __typename: 'Product', id: 'LAMP' },
      { __typename: 'ProductVariant', sku: 'LAMP-L' },
      { __typename: 'Product', handle: 'h-spade' },
      { __typename: 'Product', id: 'none' },
      { __typename: 'Product', handle: 'none' },
      { __typename: 'ProductVariant', sku: 'none' },
      { __typename: 'Category', id: 'lamp' },
      { __typename: 'Category', id: 'none' },
      { __typename: 'Channel', id: 'web' },
      { __typename: 'Channel', id: 'a\u0000' },
      { __typename: 'Product', id: '\ud800' },
      { __typename: 'Promotion', id: 'none' },
      { __typename: 'Product', id: 'LAMP' },
    ];
    expect(await products.ask(entities, { of })).toEqual({
      _entities: [
        { __typename: 'Product', id: 'LAMP', title: 'Lamp' },
        { __typename: 'ProductVariant', sku: 'LAMP-L', gtin: '4006381333931' },
        { __typename: 'Product', id: 'SPADE', title: 'Spade' },
        null,
        null,
        null,
        { __typename: 'Category', id: 'lamp', name: 'Lamps' },
        null,
        { __typename: 'Channel', id: 'web', name: 'Web shop' },
        null,
        null,
        null,
        { __typename: 'Product', id: 'LAMP', title: 'Lamp' },
      ],
    });
  });

  it.each([null, undefined, 7, {}, ['LAMP'], { id: 'LAMP' }, ''])('are null for the key %j', async (key) => {
    const of = [
      { __typename: 'Product', id: key },
      { __typename: 'Product', handle: key },
      { __typename: 'ProductVariant', sku: key },
      { __typename: 'Channel', id: key },
      { __typename: 'Category', id: key },
      { __typename: 'Promotion', id: key },
    ];
    expect(await products.ask(entities, { of })).toEqual({ _entities: of.map(() => null) });
  });

  it('cost one statement for each type, however many there are', async () => {
    const of = ['LAMP', 'SPADE', 'GHOST', 'none'].flatMap((id) => [
      { __typename: 'Product', id },
      { __typename: 'Product', handle: `h-${id.toLowerCase()}` },
      { __typename: 'ProductVariant', sku: `${id}-S` },
    ]);
    expect(await products.countStatements(entities, { of })).toBe(2);
  });
});

describe('completeness', () => {
  it('of a product says what is missing', async () => {
    const ask = (id: string) => products.ask(`{ product(id: "${id}") { completeness { score incomplete missing } } }`);
    expect(await ask('LAMP')).toEqual({
      product: { completeness: { score: 6 / 7, incomplete: 1, missing: ['PRICE'] } },
    });
    expect(await ask('SPADE')).toEqual({
      product: {
        completeness: {
          score: 2 / 7,
          incomplete: 5,
          missing: ['DESCRIPTION', 'PICTURE', 'CATEGORY', 'ATTRIBUTE', 'GTIN'],
        },
      },
    });
    expect(await ask('GHOST')).toMatchObject({ product: { completeness: { incomplete: 5 } } });
  });

  it('of channels is the average of their products, in one statement for all', async () => {
    const query = '{ channels { id listedProducts completeness { score incomplete missing } } }';
    const spade = ['ATTRIBUTE', 'CATEGORY', 'DESCRIPTION', 'GTIN', 'PICTURE'];
    expect(await products.ask(query)).toEqual({
      channels: [
        { id: 'fax', listedProducts: 0, completeness: null },
        { id: 'jp', listedProducts: 1, completeness: { score: 6 / 7, incomplete: 1, missing: ['PRICE'] } },
        { id: 'pos', listedProducts: 2, completeness: { score: 8 / 14, incomplete: 2, missing: [...spade, 'PRICE'] } },
        { id: 'web', listedProducts: 1, completeness: { score: 6 / 7, incomplete: 1, missing: ['PRICE'] } },
      ],
    });
    expect(await products.countStatements(query)).toBe(3);
  });
});

describe('categories and channels', () => {
  it('are listed, and null or empty where unknown', async () => {
    const query = `{ top: categories { id } below: categories(parent: "home") { id } one: categories(first: 1) { id }
      none: categories(parent: "none") { id } web: channel(id: "web") { name } no: channel(id: "no") { name } }`;
    expect(await products.ask(query)).toEqual({
      top: [{ id: 'garden' }, { id: 'home' }],
      below: [{ id: 'light' }],
      one: [{ id: 'garden' }],
      none: [],
      web: { name: 'Web shop' },
      no: null,
    });
    expect(await products.askForErrors('{ categories(first: 101) { id } }')).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});
