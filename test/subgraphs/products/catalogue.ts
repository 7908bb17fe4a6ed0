import type { Kysely } from 'kysely';
import type { ProductsDatabase } from '../../../db/tables/products.ts';

/** A product for a test; what is left out is not there. */
export interface TestProduct {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly categories?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly media?: readonly string[];
  /** By SKU; `null` for a variant without a GTIN. Without it, one variant with the product's id as its SKU. */
  readonly variants?: Readonly<Record<string, string | null>>;
  /** In minor units, by channel, for each of the variants; `null`: listed without a price. */
  readonly prices?: Readonly<Record<string, number | null>>;
  /** A channel's own title, by channel. */
  readonly titles?: Readonly<Record<string, string>>;
}

/** Channels web and pos (GBP), jp (JPY) and fax, where nothing is listed; categories home › light › lamp, and garden. */
export async function addChannelsAndCategories(db: Kysely<ProductsDatabase>): Promise<void> {
  const channel = { kind: 'WEB', currency_code: 'GBP', locale: 'en-GB' } as const;
  await db
    .insertInto('channel')
    .values([
      { ...channel, id: 'web', name: 'Web shop' },
      { ...channel, id: 'pos', name: 'Tills', kind: 'POS' },
      { ...channel, id: 'jp', name: 'Japan', kind: 'MARKETPLACE', currency_code: 'JPY', locale: 'ja-JP' },
      { ...channel, id: 'fax', name: 'Fax' },
    ])
    .execute();
  await db
    .insertInto('category')
    .values([
      { id: 'home', name: 'Home', parent_id: null },
      { id: 'light', name: 'Light', parent_id: 'home' },
      { id: 'lamp', name: 'Lamps', parent_id: 'light' },
      { id: 'garden', name: 'Garden', parent_id: null },
    ])
    .execute();
}

/** Writes a product with all its parts, in one transaction. */
export async function addProduct(db: Kysely<ProductsDatabase>, product: TestProduct): Promise<void> {
  const { id, title = id, description = '', prices = {}, variants = { [id]: null } } = product;
  await db.transaction().execute(async (trx) => {
    const record = { id, title, description, handle: `h-${id.toLowerCase()}`, source: 'test', source_key: id };
    await trx.insertInto('product').values(record).execute();
    for (const category_id of product.categories ?? []) {
      await trx.insertInto('product_category').values({ product_id: id, category_id }).execute();
    }
    for (const [name, value] of Object.entries(product.attributes ?? {})) {
      await trx.insertInto('product_attribute').values({ product_id: id, name, value }).execute();
    }
    for (const [position, url] of (product.media ?? []).entries()) {
      await trx.insertInto('product_media').values({ product_id: id, position, url, alt: title }).execute();
    }
    for (const [position, [sku, gtin]] of Object.entries(variants).entries()) {
      await trx.insertInto('variant').values({ sku, gtin, product_id: id, title, position }).execute();
    }
    for (const [channel_id, amount_minor] of Object.entries(prices)) {
      const listing = { channel_id, product_id: id, title: product.titles?.[channel_id] ?? null, description: null };
      await trx
        .insertInto('listing')
        .values({ ...listing, lowest_price_minor: amount_minor })
        .execute();
      if (amount_minor === null) continue;
      for (const sku of Object.keys(variants)) {
        await trx.insertInto('price').values({ channel_id, sku, amount_minor, compare_at_minor: null }).execute();
      }
    }
  });
}
