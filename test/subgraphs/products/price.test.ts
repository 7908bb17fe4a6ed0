import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { priceAfter } from '../../../subgraphs/products/price/price-after.ts';
import { toVariantPrice } from '../../../subgraphs/products/price/to-variant-price.ts';
import { createProductsSubgraph } from '../../../subgraphs/products/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addChannelsAndCategories, addProduct } from './catalogue.ts';

const listMinor = fc.integer({ min: 0, max: 900_000_000_000 });
const basisPointsOff = fc.integer({ min: 1, max: 10_000 });

describe('the price rule', () => {
  it('is the nearest amount, and the even one of two that are as near', () => {
    fc.assert(
      fc.property(listMinor, basisPointsOff, (list, off) => {
        // In whole numbers without end, so that the rule is not checked by itself.
        const exact = BigInt(list) * BigInt(10_000 - off);
        const twiceError = 2n * (BigInt(priceAfter(list, off)) * 10_000n - exact);
        const distance = twiceError < 0n ? -twiceError : twiceError;
        expect(distance).toBeLessThanOrEqual(10_000n);
        if (distance === 10_000n) expect(priceAfter(list, off) % 2).toBe(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never raises a price, nor makes more off dearer', () => {
    fc.assert(
      fc.property(listMinor, basisPointsOff, basisPointsOff, (list, off, more) => {
        expect(priceAfter(list, off)).toBeLessThanOrEqual(list);
        expect(priceAfter(list, Math.max(off, more))).toBeLessThanOrEqual(priceAfter(list, off));
      }),
    );
  });

  it.each([
    [1249, 1500, 1062],
    [5, 5000, 2],
    [15, 5000, 8],
    [25, 5000, 12],
    [999, 10_000, 0],
    [1, 1, 1],
    [0, 5000, 0],
  ])('makes %i less %i basis points %i', (list, off, amount) => {
    expect(priceAfter(list, off)).toBe(amount);
  });
});

describe('the explanation', () => {
  const promotion = { id: 'p', title: 'Summer sale', startsAt: new Date(0), endsAt: new Date(1) };
  const explain = (list: number, off: number | null, currencyCode = 'GBP', formerMinor: number | null = null) =>
    toVariantPrice({
      channelName: 'Web shop',
      currencyCode,
      listMinor: list,
      formerMinor,
      promotion: off === null ? null : { ...promotion, basisPointsOff: off },
    }).explanation;

  it.each([
    [explain(1249, null), 'The list price in Web shop is 12.49 GBP. No promotion lowers it now.'],
    [
      explain(1249, 1500),
      'The list price in Web shop is 12.49 GBP. “Summer sale” takes 15% off: 10.6165 GBP, rounded to 10.62 GBP (half to even).',
    ],
    [explain(1250, 2000), 'The list price in Web shop is 12.50 GBP. “Summer sale” takes 20% off: 10.00 GBP.'],
    [
      explain(1250, 1250, 'JPY'),
      'The list price in Web shop is 1250 JPY. “Summer sale” takes 12.5% off: 1093.75 JPY, rounded to 1094 JPY (half to even).',
    ],
    [explain(1000, 10_000, 'JPY'), 'The list price in Web shop is 1000 JPY. “Summer sale” takes 100% off: 0 JPY.'],
    [
      explain(1, 1),
      'The list price in Web shop is 0.01 GBP. “Summer sale” takes 0.01% off: 0.009999 GBP, rounded to 0.01 GBP (half to even), which lowers nothing.',
    ],
    [
      explain(1000, null, 'GBP', 1500),
      'The list price in Web shop is 10.00 GBP. No promotion lowers it now. The former price was 15.00 GBP.',
    ],
  ])('%s', (said, expected) => {
    expect(said).toBe(expected);
  });
});

describe('a variant’s price in a channel', () => {
  let products: OpenSubgraph<'products'>;
  beforeAll(async () => {
    products = await openSubgraph('products', createProductsSubgraph);
    await addChannelsAndCategories(products.db);
    await addProduct(products.db, { id: 'LAMP', categories: ['lamp'], prices: { web: 1000, jp: 1500, pos: null } });
    await addProduct(products.db, { id: 'SPADE', categories: ['garden'], prices: { web: 1000 } });
  });
  afterAll(() => products.close());
  beforeEach(() => products.db.deleteFrom('promotion').execute());

  const promote = (
    id: string,
    off: number,
    options: { category?: string; channel?: string; from?: string; to?: string } = {},
  ) =>
    sql`insert into promotion (id, title, channel_id, category_id, basis_points_off, starts_at, ends_at) values
      (${id}, ${id}, ${options.channel ?? 'web'}, ${options.category ?? null}, ${off},
       now() + ${options.from ?? '-1 hour'}::interval, now() + ${options.to ?? '1 hour'}::interval)`.execute(
      products.db,
    );

  const priceOf = async (sku: string, channel = 'web') => {
    const { variant } = await products.ask<{
      readonly variant: {
        readonly price: null | {
          readonly amount: { readonly amount: string; readonly currencyCode: string };
          readonly compareAt: { readonly amount: string } | null;
          readonly promotion: { readonly id: string } | null;
        };
      };
    }>(
      `query ($sku: ID!, $channel: ID!) { variant(sku: $sku) { price(channel: $channel) {
        amount { amount currencyCode } compareAt { amount } promotion { id title startsAt endsAt } explanation } } }`,
      { sku, channel },
    );
    const { price } = variant;
    return price === null
      ? null
      : [price.amount.amount, price.amount.currencyCode, price.compareAt?.amount ?? null, price.promotion?.id ?? null];
  };

  it('is the list price where nothing runs, and null where there is none', async () => {
    expect(await priceOf('LAMP')).toEqual(['10.00', 'GBP', null, null]);
    expect(await priceOf('LAMP', 'jp')).toEqual(['1500', 'JPY', null, null]);
    for (const channel of ['pos', 'fax', 'none', '']) expect(await priceOf('LAMP', channel), channel).toBeNull();
  });

  it('is lowered by the promotion that takes off most, on the channel or on a category above', async () => {
    await promote('all', 500);
    await promote('home', 2000, { category: 'home' });
    await promote('lamps', 1000, { category: 'lamp' });
    await promote('spades', 9000, { category: 'garden', channel: 'pos' });
    expect(await priceOf('LAMP')).toEqual(['8.00', 'GBP', '10.00', 'home']);
    expect(await priceOf('SPADE')).toEqual(['9.50', 'GBP', '10.00', 'all']);
    expect(await priceOf('LAMP', 'jp')).toEqual(['1500', 'JPY', null, null]);
  });

  it('knows a promotion from its first instant to before its last', async () => {
    await promote('over', 5000, { from: '-1 hour', to: '-1 second' });
    await promote('coming', 5000, { from: '1 hour', to: '2 hours' });
    expect(await priceOf('LAMP')).toEqual(['10.00', 'GBP', null, null]);
    await promote('begun', 3000, { from: '0 seconds', to: '1 hour' });
    expect(await priceOf('LAMP')).toEqual(['7.00', 'GBP', '10.00', 'begun']);
  });

  it('names no promotion that rounding left without effect', async () => {
    await products.db.updateTable('price').set({ amount_minor: 1 }).where('sku', '=', 'SPADE').execute();
    await promote('all', 100);
    expect(await priceOf('SPADE')).toEqual(['0.01', 'GBP', null, null]);
    await products.db.updateTable('price').set({ amount_minor: 1000 }).where('sku', '=', 'SPADE').execute();
  });

  it('is compared with the former price where one is recorded', async () => {
    await products.db.updateTable('price').set({ compare_at_minor: 1500 }).where('sku', '=', 'SPADE').execute();
    expect(await priceOf('SPADE')).toEqual(['10.00', 'GBP', '15.00', null]);
    await promote('all', 1000);
    expect(await priceOf('SPADE')).toEqual(['9.00', 'GBP', '15.00', 'all']);
  });

  it('is refused for a channel that cannot be stored', async () => {
    const errors = await products.askForErrors(
      '{ variant(sku: "LAMP") { price(channel: "\\u0000") { explanation } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('costs one statement for any number of variants and channels', async () => {
    await promote('all', 500);
    const query = (fields: string) => `{ products(channel: "web") { nodes { variants { nodes { ${fields} } } } } }`;
    const without = await products.countStatements(query('sku'));
    const priced = query(
      'w: price(channel: "web") { explanation } j: price(channel: "jp") { explanation } p: price(channel: "pos") { explanation }',
    );
    expect(await products.countStatements(priced)).toBe(without + 1);
  });
});
