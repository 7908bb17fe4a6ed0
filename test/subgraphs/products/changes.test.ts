import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createProductsSubgraph } from '../../../subgraphs/products/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addChannelsAndCategories, addProduct } from './catalogue.ts';

const longAgo = '2020-01-01T00:00:00.000Z';
let products: OpenSubgraph<'products'>;

beforeAll(async () => {
  products = await openSubgraph('products', createProductsSubgraph);
  await addChannelsAndCategories(products.db);
  await addProduct(products.db, {
    id: 'LAMP',
    title: 'lamp',
    categories: ['lamp'],
    attributes: { Colour: 'Red' },
    media: ['https://example.test/1.jpg'],
    prices: { web: 100, pos: 100 },
    titles: { pos: 'till lamp' },
  });
  await addProduct(products.db, { id: 'OTHER', title: 'other', prices: { web: 100, pos: 100 } });
});
afterAll(() => products.close());
beforeEach(() =>
  products.db
    .updateTable('product')
    .set({ updated_at: new Date(longAgo) })
    .execute(),
);

/** The products that a feed gets which was here a second ago. */
const changed = async () => {
  const { rows } = await sql<{ since: Date }>`select now() - interval '1 minute' as since`.execute(products.db);
  const { products: list } = await products.ask<{
    readonly products: { readonly nodes: readonly { readonly id: string; readonly updatedAt: string }[] };
  }>('query ($since: DateTime!) { products(channel: "web", changedSince: $since) { nodes { id updatedAt } } }', {
    since: rows[0]?.since.toISOString(),
  });
  for (const node of list.nodes) expect(Date.parse(node.updatedAt)).toBeGreaterThan(Date.parse(longAgo));
  return list.nodes.map((node) => node.id);
};

describe('a product has changed when', () => {
  const statements: Readonly<Record<string, string>> = {
    'its title was written': `update product set title = 'new lamp' where id = 'LAMP'`,
    'its description was written': `update product set description = 'new' where id = 'LAMP'`,
    'a price was changed': `update price set amount_minor = amount_minor + 1 where sku = 'LAMP' and channel_id = 'pos'`,
    'a price was taken away': `delete from price where sku = 'LAMP' and channel_id = 'web'`,
    'a price was given': `insert into price (channel_id, sku, amount_minor) values ('web', 'LAMP', 5)`,
    'its wording in a channel was changed': `update listing set title = 'x' where product_id = 'LAMP' and channel_id = 'pos'`,
    'it was listed': `insert into listing (channel_id, product_id) values ('jp', 'LAMP')`,
    'it was taken from a channel': `delete from listing where product_id = 'LAMP' and channel_id = 'jp'`,
    'a picture was added': `insert into product_media values ('LAMP', 9, 'https://example.test/9.jpg')`,
    'a fact was changed': `update product_attribute set value = 'Blue' where product_id = 'LAMP'`,
    'it was put in a category': `insert into product_category (product_id, category_id) values ('LAMP', 'garden')`,
    'a variant was added': `insert into variant (sku, product_id, title) values ('LAMP-2', 'LAMP', 'x')`,
    'a variant was given another number': `update variant set gtin = '96385074' where sku = 'LAMP-2'`,
    'a variant was taken away': `delete from variant where sku = 'LAMP-2'`,
  };
  it.each(Object.keys(statements))('%s', async (name) => {
    expect(await changed()).toEqual([]);
    await sql.raw(statements[name] ?? '').execute(products.db);
    expect(await changed()).toEqual(['LAMP']);
  });

  it('its variant moved to another: then both', async () => {
    await sql`insert into variant (sku, product_id, title) values ('MOVED', 'LAMP', 'x')`.execute(products.db);
    await products.db
      .updateTable('product')
      .set({ updated_at: new Date(longAgo) })
      .execute();
    await sql`update variant set product_id = 'OTHER' where sku = 'MOVED'`.execute(products.db);
    expect((await changed()).sort()).toEqual(['LAMP', 'OTHER']);
  });
});

describe('a product has not changed when', () => {
  it.each([
    `update product set title = title, description = description where id = 'LAMP'`,
    `update price set amount_minor = amount_minor where sku = 'LAMP'`,
    `update listing set title = title, lowest_price_minor = lowest_price_minor where product_id = 'LAMP'`,
    `insert into price (channel_id, sku, amount_minor) select channel_id, sku, amount_minor from price where sku = 'LAMP'
       on conflict (channel_id, sku) do update set amount_minor = excluded.amount_minor`,
    `insert into promotion values ('p', 'web', null, 'Sale', 100, now(), now() + interval '1 hour')`,
  ])('%s', async (statement) => {
    await sql.raw(statement).execute(products.db);
    expect(await changed()).toEqual([]);
  });
});

describe('the order by title', () => {
  const titles = async (channel: string) =>
    (
      await products.ask<{ readonly products: { readonly nodes: readonly { readonly title: string }[] } }>(
        'query ($channel: ID!) { products(channel: $channel, sort: TITLE_ASC) { nodes { title(channel: $channel) } } }',
        { channel },
      )
    ).products.nodes.map((node) => node.title);

  it('follows the channel’s own title, and the general one as it changes', async () => {
    const { db } = products;
    await db.updateTable('product').set({ title: 'zebra' }).where('id', '=', 'LAMP').execute();
    await db
      .updateTable('listing')
      .set({ title: 'Ärmchen' })
      .where('product_id', '=', 'LAMP')
      .where('channel_id', '=', 'pos')
      .execute();
    expect(await titles('web')).toEqual(['other', 'zebra']);
    expect(await titles('pos')).toEqual(['Ärmchen', 'other']);
    await db.updateTable('product').set({ title: 'apple' }).where('id', '=', 'LAMP').execute();
    expect(await titles('web')).toEqual(['apple', 'other']);
    expect(await titles('pos')).toEqual(['Ärmchen', 'other']);
    await db.updateTable('listing').set({ title: null }).where('product_id', '=', 'LAMP').execute();
    expect(await titles('pos')).toEqual(['apple', 'other']);
  });
});
