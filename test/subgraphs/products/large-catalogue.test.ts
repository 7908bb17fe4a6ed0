import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectProducts } from '../../../subgraphs/products/product-list/list-products.ts';
import { type ProductPosition, toProductOrder } from '../../../subgraphs/products/product-list/product-order.ts';
import { createProductsSubgraph } from '../../../subgraphs/products/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addChannelsAndCategories } from './catalogue.ts';

let products: OpenSubgraph<'products'>;

beforeAll(async () => {
  products = await openSubgraph('products', createProductsSubgraph, { statementTimeoutMs: 20_000 });
  await addChannelsAndCategories(products.db);
  // In the future, since what is written to them now counts as a change of now.
  await products.db.transaction().execute(async (trx) => {
    await sql`
      insert into product (id, handle, title, description, source, source_key, updated_at)
      select 'p' || n, 'p-' || n, 'item ' || to_hex(n % 997) || ' lamp ' || n % 700, 'Shines', 'test', n, timestamptz '2124-01-01Z' + n * interval '1 second'
        from generate_series(1, 50000) n`.execute(trx);
    await sql`insert into variant (sku, product_id, title) select 'S' || source_key, id, title from product`.execute(
      trx,
    );
    await sql`
      insert into listing (channel_id, product_id, lowest_price_minor)
      select channel, id, nullif(source_key::int % 5000, 0) from product, unnest(array['web', 'pos']) channel`.execute(
      trx,
    );
    await sql`
      insert into product_category (category_id, product_id)
      select case when source_key::int % 50 = 0 then 'lamp' else 'garden' end, id from product`.execute(trx);
    await sql`insert into product_attribute (product_id, name, value) select id, 'Colour', source_key::int % 40 from product`.execute(
      trx,
    );
  });
  // What autovacuum does in time; only the tables' owner may.
  await products.database.query('analyze');
}, 120_000);
afterAll(() => products.close());

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

const explain = async (
  sort: 'PRICE_ASC' | 'PRICE_DESC' | 'TITLE_ASC' | 'UPDATED_DESC',
  after: ProductPosition | undefined,
  filter: { readonly categoryId?: string; readonly changedSince?: Date } = {},
): Promise<readonly PlanNode[]> => {
  const statement = selectProducts({
    filter: { channelId: 'web', categoryId: undefined, changedSince: undefined, search: undefined, ...filter },
    order: toProductOrder(sort, false),
    after,
    limit: 25,
  });
  if (statement === undefined) throw new Error('No such position.');
  const { rows } = await sql<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>`
    explain (analyze, format json, timing off) ${statement}`.execute(products.db);
  const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
  return flatten((rows[0]?.['QUERY PLAN'] ?? [])[0]?.Plan ?? ({} as PlanNode));
};

const rowsRead = (nodes: readonly PlanNode[]) =>
  nodes
    .filter((node) => node['Relation Name'] !== undefined)
    .reduce((sum, node) => sum + node['Actual Rows'] * node['Actual Loops'], 0);

describe('a list of 50,000 products', () => {
  it.each([
    ['PRICE_ASC', undefined, 'listing_cheapest_idx'],
    ['PRICE_ASC', { key: 4000, id: 'p2' }, 'listing_cheapest_idx'],
    ['PRICE_ASC', { key: Number.MAX_SAFE_INTEGER, id: 'p2' }, 'listing_cheapest_idx'],
    ['PRICE_DESC', undefined, 'listing_dearest_idx'],
    ['PRICE_DESC', { key: -1000, id: 'p2' }, 'listing_dearest_idx'],
    ['TITLE_ASC', { key: 'item 2ff lamp 7', id: 'p2' }, 'listing_title_idx'],
    ['UPDATED_DESC', { key: Date.UTC(2124, 0, 1, 5) * 1000, id: 'p2' }, 'product_updated_idx'],
  ] as const)('reads by %s behind %j just its page, from an index', async (sort, after, index) => {
    const plan = await explain(sort, after);
    expect(plan.map((node) => node['Index Name'])).toContain(index);
    expect(plan.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])).toEqual([]);
    // 25 listings and their 25 products.
    expect(rowsRead(plan)).toBeLessThanOrEqual(60);
  });

  it('reads what changed since from an index, when little did', async () => {
    const plan = await explain('TITLE_ASC', undefined, { changedSince: new Date(Date.UTC(2124, 0, 1, 13, 52)) });
    expect(plan.map((node) => node['Index Name'])).toContain('product_updated_idx');
    expect(plan.filter((node) => node['Relation Name'] === 'product').map((node) => node['Node Type'])).not.toContain(
      'Seq Scan',
    );
    expect(rowsRead(plan)).toBeLessThan(1000);
  });

  it('reads a small category without reading every product', async () => {
    const plan = await explain('PRICE_ASC', undefined, { categoryId: 'home' });
    expect(plan.filter((node) => node['Relation Name'] === 'product').map((node) => node['Node Type'])).not.toContain(
      'Seq Scan',
    );
    expect(rowsRead(plan)).toBeLessThan(10_000);
  });

  it('answers what looks at all of them, facets and completeness, in seconds even on a busy machine', async () => {
    const first = '{ products(channel: "web", SEARCH) { nodes { id } facets { values { count } } } }';
    for (const search of [
      'search: "lamp 12"',
      'search: "lanp"',
      'search: "lmp"',
      'search: "-nothing"',
      'sort: PRICE_ASC',
      'category: "garden"',
    ]) {
      await products.ask(first.replace('SEARCH', search));
    }
    await products.ask('{ channels { listedProducts completeness { score incomplete } } }');
  });
});
