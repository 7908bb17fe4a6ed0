import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { fromMicroseconds } from '../../shared/instant.ts';
import type { ProductSort } from '../resolver-types.generated.ts';

/** The sort key of the row a cursor points behind; by id among equals. */
export interface ProductPosition {
  readonly key: string | number;
  readonly id: string;
}

/** One order of a list: always by a key, then by id, so that every product has one place. */
export interface ProductOrder {
  /** Part of the cursor: a place in one order means nothing in another. */
  readonly name: 'cheapest' | 'dearest' | 'title' | 'updated' | 'relevance';
  readonly keyType: 'string' | 'number';
  /** The key as it goes into a cursor, exactly. */
  readonly key: RawBuilder<string | number>;
  readonly orderBy: RawBuilder<unknown>;
  /** Whether a row comes after a position; undefined for a key that no row can have. */
  isAfter(position: ProductPosition): RawBuilder<SqlBool> | undefined;
}

/*
 * The expressions are those of the indexes in 0001-catalogue.sql, letter for letter: a page deep in a list of 50,000 then
 * costs what the first one costs. The number is what "no price" counts as; see there.
 */
const cheapestKey = sql<number>`coalesce(l.lowest_price_minor, 9007199254740991)`;
const dearestKey = sql<number>`coalesce(-l.lowest_price_minor, 9007199254740991)`;
const titleKey = sql<string>`l.sort_title`;
const relevanceKey = sql<number>`-found.score`;

const orders = {
  cheapest: byNumber('cheapest', cheapestKey),
  dearest: byNumber('dearest', dearestKey),
  relevance: byNumber('relevance', relevanceKey),
  title: {
    name: 'title',
    keyType: 'string',
    key: titleKey,
    orderBy: sql`${titleKey}, l.product_id`,
    isAfter: ({ key, id }) => sql`(${titleKey}, l.product_id) > (${key}, ${id})`,
  },
  updated: {
    name: 'updated',
    keyType: 'number',
    key: sql<number>`(extract(epoch from p.updated_at) * 1000000)::bigint`,
    orderBy: sql`p.updated_at desc, p.id`,
    // The first half looks redundant and is what the index can start from: it knows no row comparison of mixed directions.
    isAfter({ key, id }) {
      const instant = fromMicroseconds(Number(key));
      if (instant === undefined) return undefined;
      return sql`p.updated_at <= ${instant}::timestamptz and (p.updated_at < ${instant}::timestamptz or p.id > ${id})`;
    },
  },
} satisfies Record<ProductOrder['name'], ProductOrder>;

function byNumber(name: ProductOrder['name'], key: RawBuilder<number>): ProductOrder {
  return {
    name,
    keyType: 'number',
    key,
    orderBy: sql`${key}, l.product_id`,
    isAfter: (position) =>
      Number.isSafeInteger(position.key)
        ? sql`(${key}, l.product_id) > (${position.key}::bigint, ${position.id})`
        : undefined,
  };
}

/** The order that a `sort` stands for; without a search there is no relevance, and the title decides. */
export function toProductOrder(sort: ProductSort, isSearch: boolean): ProductOrder {
  switch (sort) {
    case 'PRICE_ASC':
      return orders.cheapest;
    case 'PRICE_DESC':
      return orders.dearest;
    case 'TITLE_ASC':
      return orders.title;
    case 'UPDATED_DESC':
      return orders.updated;
    case 'RELEVANCE':
      return isSearch ? orders.relevance : orders.title;
    default:
      throw new Error(`${sort satisfies never} is no order of products.`);
  }
}
