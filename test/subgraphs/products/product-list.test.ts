import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProductsSubgraph } from '../../../subgraphs/products/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addChannelsAndCategories } from './catalogue.ts';

interface Page {
  readonly products: {
    readonly nodes: readonly { readonly id: string }[];
    readonly edges: readonly { readonly cursor: string }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}

const list = `query ($channel: ID! = "web", $category: ID, $search: String, $since: DateTime, $sort: ProductSort, $first: Int, $after: String) {
  products(channel: $channel, category: $category, search: $search, changedSince: $since, sort: $sort, first: $first, after: $after) {
    nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const sorts = ['PRICE_ASC', 'PRICE_DESC', 'TITLE_ASC', 'UPDATED_DESC', 'RELEVANCE'] as const;
const count = 60;

let products: OpenSubgraph<'products'>;
beforeAll(async () => {
  products = await openSubgraph('products', createProductsSubgraph);
  const { db } = products;
  await addChannelsAndCategories(db);
  // Ties everywhere: 5 titles that differ by case, accent and length, 4 prices and none, 3 instants a microsecond apart.
  await sql`
    insert into product (id, handle, title, description, source, source_key)
    select 'p' || n, 'p-' || n, (array['Éclair lamp', 'eclair lamp', 'Zebra lamp', 'Éclair lamp', 'apple lamp'])[1 + n % 5],
           repeat('lamp ', n % 4), 'test', n from generate_series(1, ${count}::int) n`.execute(db);
  await sql`
    insert into listing (channel_id, product_id, lowest_price_minor)
    select channel, id, (array[null, 0, 100, 100, 2500])[1 + source_key::int % 5] from product, unnest(array['web', 'pos']) channel`.execute(
    db,
  );
  await sql`insert into product_category (category_id, product_id) select (array['lamp', 'light', 'garden'])[1 + source_key::int % 3], id from product`.execute(
    db,
  );
  await sql`update product set updated_at = timestamptz '2024-05-06 07:08:09.000001Z' + (source_key::int % 3) * interval '1 microsecond'`.execute(
    db,
  );
});
afterAll(() => products.close());

const readAll = async (variables: Record<string, unknown>, first: number) => {
  const ids: string[] = [];
  for (let after: string | null = null, page = 0; ; page += 1) {
    const { products: read }: Page = await products.ask<Page>(list, { ...variables, first, after });
    ids.push(...read.nodes.map((node) => node.id));
    expect(read.pageInfo.hasPreviousPage).toBe(page > 0);
    expect(read.pageInfo.startCursor).toBe(read.edges[0]?.cursor ?? null);
    expect(read.pageInfo.endCursor).toBe(read.edges.at(-1)?.cursor ?? null);
    if (!read.pageInfo.hasNextPage) return ids;
    expect(read.nodes).toHaveLength(first);
    after = read.pageInfo.endCursor;
  }
};

const orderedIds = async (order: string) => {
  const { rows } = await sql<{ id: string }>`
    select id from product join listing on product_id = id and channel_id = 'web' order by ${sql.raw(order)}, id`.execute(
    products.db,
  );
  return rows.map((row) => row.id);
};

describe('pages of a list', () => {
  it.each([
    ['PRICE_ASC', 'lowest_price_minor asc nulls last'],
    ['PRICE_DESC', 'lowest_price_minor desc nulls last'],
    ['TITLE_ASC', 'product.title collate "und-x-icu"'],
    ['UPDATED_DESC', 'updated_at desc'],
    ['RELEVANCE', 'product.title collate "und-x-icu"'],
  ])('follow each other by %s without a gap or an overlap', async (sort, order) => {
    expect(await readAll({ sort }, 7)).toEqual(await orderedIds(order));
  });

  it('give every product of a search exactly once, by relevance and id', async () => {
    const { rows } = await sql<{ id: string }>`
      select id from product order by round(ts_rank(search, websearch_to_tsquery('english', 'lamp'), 1)::numeric * 1000000) desc, id`.execute(
      products.db,
    );
    expect(await readAll({ search: 'lamp' }, 7)).toEqual(rows.map((row) => row.id));
  });

  it('give every product exactly once, whatever the sort, the size of the page and the filter', async () => {
    const filters = fc.record(
      {
        sort: fc.constantFrom(...sorts),
        search: fc.constantFrom('lamp', 'eclair lamp', 'zebrra'),
        category: fc.constantFrom('home', 'lamp', 'garden'),
        since: fc.constantFrom('2024-05-06T07:08:09.000Z', '2024-05-06T07:08:10Z'),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 100 }), async (filter, size) => {
        const whole = await readAll(filter, 100);
        expect(await readAll(filter, size)).toEqual(whole);
        expect(new Set(whole).size).toBe(whole.length);
      }),
      { numRuns: 40 },
    );
  });

  it('skip nothing and repeat nothing that stayed, while others are sold out of the list', async () => {
    const first = await products.ask<Page>(list, { sort: 'PRICE_ASC', first: 10 });
    const gone = first.products.nodes.map((node) => node.id);
    await products.db.deleteFrom('listing').where('product_id', 'in', gone).where('channel_id', '=', 'web').execute();
    const rest = await products.ask<Page>(list, {
      sort: 'PRICE_ASC',
      first: 100,
      after: first.products.pageInfo.endCursor,
    });
    expect(rest.products.nodes).toHaveLength(count - gone.length);
    for (const product_id of gone) {
      const row = await products.db
        .selectFrom('listing')
        .selectAll()
        .where('product_id', '=', product_id)
        .executeTakeFirstOrThrow();
      await products.db
        .insertInto('listing')
        .values({
          channel_id: 'web',
          product_id,
          title: null,
          description: null,
          lowest_price_minor: row.lowest_price_minor,
        })
        .execute();
    }
  });
});

describe('a category', () => {
  it('holds what stands in those below it', async () => {
    expect(await readAll({ category: 'home' }, 50)).toHaveLength((count / 3) * 2);
    expect(await readAll({ category: 'light' }, 50)).toHaveLength((count / 3) * 2);
    expect(await readAll({ category: 'lamp' }, 50)).toHaveLength(count / 3);
  });

  it('ends even when it stands below itself', async () => {
    await sql`update category set parent_id = 'lamp' where id = 'home'`.execute(products.db);
    expect(await readAll({ category: 'home' }, 50)).toHaveLength((count / 3) * 2);
    await sql`update category set parent_id = null where id = 'home'`.execute(products.db);
  });
});

describe('what is unknown', () => {
  it.each([{ channel: 'none' }, { channel: 'fax' }, { category: 'none' }, { category: '' }, { channel: '' }])(
    'gives an empty page for %j',
    async (variables) => {
      expect(await products.ask<Page>(list, variables)).toEqual({
        products: {
          nodes: [],
          edges: [],
          pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
        },
      });
    },
  );
});

describe('bad input', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const nameOf = async (variables: Record<string, unknown>) => {
    const { products: page } = await products.ask<Page>(list, variables);
    return JSON.parse(Buffer.from(page.pageInfo.endCursor ?? '', 'base64url').toString()) as [string, ...unknown[]];
  };

  it.each([0, -1, 101, 99_999_999])('refuses %i at a time', async (first) => {
    expect(await products.askForErrors(list, { first })).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('refuses cursors that nobody gave out', async () => {
    for (const after of ['', 'x', '%00', 'WyJwcm9kdWN0cyJd', encode(null), encode({ 0: 'products' })]) {
      expect(await products.askForErrors(list, { after }), after).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });

  it('refuses a cursor of another list', async () => {
    const { products: page } = await products.ask<Page>(list, { sort: 'PRICE_ASC', first: 3 });
    const after = page.pageInfo.endCursor;
    for (const other of [
      { sort: 'PRICE_DESC' },
      { sort: 'PRICE_ASC', channel: 'pos' },
      { sort: 'PRICE_ASC', category: 'lamp' },
    ]) {
      expect(await products.askForErrors(list, { ...other, after })).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });

  it('refuses forged places in a list before they reach Postgres', async () => {
    const [price] = await nameOf({ sort: 'PRICE_ASC' });
    const [title] = await nameOf({ sort: 'TITLE_ASC' });
    const [updated] = await nameOf({ sort: 'UPDATED_DESC' });
    const forged: [string, unknown[]][] = [
      ['PRICE_ASC', [price, 'words', 1e300, 'p1']],
      ['PRICE_ASC', [price, 'words', 1.5, 'p1']],
      ['PRICE_ASC', [price, 'words', null, 'p1']],
      ['PRICE_ASC', [price, 'corrected', 1, 'p1']],
      ['PRICE_ASC', [price, 'constructor', 1, 'p1']],
      ['PRICE_ASC', [price, 'words', 1, 'p\u0000']],
      ['TITLE_ASC', [title, 'words', '\ud800', 'p1']],
      ['TITLE_ASC', [title, 'words', 7, 'p1']],
      ['UPDATED_DESC', [updated, 'words', 1e17, 'p1']],
      ['UPDATED_DESC', [updated, 'words', 0.1, 'p1']],
    ];
    for (const [sort, cursor] of forged) {
      expect(await products.askForErrors(list, { sort, after: encode(cursor) }), JSON.stringify(cursor)).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
    // Far away is not forged: such a place has an end of the list behind it.
    expect(
      await products.ask<Page>(list, { sort: 'UPDATED_DESC', after: encode([updated, 'words', -9e15, 'p']) }),
    ).toMatchObject({
      products: { nodes: [] },
    });
  });

  it.each([
    { channel: 'w\u0000' },
    { category: '\ud800' },
    { search: 'a\u0000' },
    { search: 'x'.repeat(201) },
    { search: 'a b c d e f g h i j k' },
    { search: 'a/b/c/d/e/f/g/h/i/j/k' },
  ])('refuses %j', async (variables) => {
    expect(await products.askForErrors(list, variables)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('takes days that Postgres writes otherwise', async () => {
    expect(await products.ask<Page>(list, { since: '0000-01-01T00:00:00Z', first: 1 })).toMatchObject({
      products: { pageInfo: { hasNextPage: true } },
    });
    expect(await products.ask<Page>(list, { since: '9999-12-31T23:59:59Z' })).toMatchObject({
      products: { nodes: [] },
    });
  });
});
