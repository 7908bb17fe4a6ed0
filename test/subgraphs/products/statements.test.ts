import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProductsSubgraph } from '../../../subgraphs/products/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addChannelsAndCategories, addProduct } from './catalogue.ts';

let products: OpenSubgraph<'products'>;
beforeAll(async () => {
  products = await openSubgraph('products', createProductsSubgraph);
  await addChannelsAndCategories(products.db);
  for (let n = 0; n < 30; n += 1) {
    const variants = Object.fromEntries(Array.from({ length: 1 + (n % 4) }, (_, m) => [`S${n}-${m}`, null]));
    await addProduct(products.db, {
      id: `p${n}`,
      title: `Lamp ${n}`,
      categories: ['lamp', 'garden'],
      attributes: { Colour: `${n}`, Size: 'L' },
      media: ['https://example.test/1.jpg', 'https://example.test/2.jpg'],
      variants,
      prices: { web: n, pos: n },
      titles: { web: `Web lamp ${n}` },
    });
  }
});
afterAll(() => products.close());

// What the gateway sends products of storefront/product-list, partner/catalogue-feed and a page with everything.
const pages = {
  'product-list': [
    `query ($first: Int!) { products(channel: "web", sort: PRICE_ASC, first: $first) { edges { cursor node { id handle title(channel: "web")
      media(first: 1) { url alt } variants(first: 3) { nodes { sku price(channel: "web") { amount { amount currencyCode } compareAt { amount } } } } } }
      pageInfo { hasNextPage endCursor } } }`,
    // The list with the channel's titles, media, variants, prices.
    4,
  ],
  'catalogue-feed': [
    `query ($first: Int!) { products(channel: "web", changedSince: "2020-01-01T00:00:00Z", first: $first) { edges { node { id handle
      title(channel: "web") description(channel: "web") updatedAt variants(first: 50) { nodes { sku gtin price(channel: "web") { amount { amount } } } } } } } }`,
    3,
  ],
  everything: [
    `query ($first: Int!) { products(channel: "web", first: $first) { nodes { one: media(first: 1) { url } two: media(first: 2) { url }
      attributes { name } categories { id parent { id parent { id } } } channels { id listedProducts completeness { score } } completeness { missing }
      pos: title(channel: "pos") some: variants(first: 1) { nodes { product { id } } } all: variants { nodes { title a: price(channel: "web") { explanation }
      b: price(channel: "pos") { explanation } } } } facets { attribute } } }`,
    // The list, its facets; media, attributes, categories, their parents, the parents of those, channels, their two figures,
    // completeness, the titles of another channel, variants, prices.
    14,
  ],
} as const;

describe('a page costs a constant number of SQL statements', () => {
  it.each(Object.entries(pages))('%s', async (_name, [query, statements]) => {
    for (const first of [1, 5, 24]) expect(await products.countStatements(query, { first })).toBe(statements);
  });
});
