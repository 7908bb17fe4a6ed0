import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { ChangeFeedDatabase } from '../change-feed/tables.ts';

export interface ChannelTable {
  id: string;
  name: string;
  kind: 'WEB' | 'APP' | 'POS' | 'MARKETPLACE';
  currency_code: string;
  locale: string;
}

export interface CategoryTable {
  id: string;
  name: string;
  parent_id: string | null;
}

export interface ProductTable {
  id: Generated<string>;
  handle: string;
  title: string;
  description: Generated<string>;
  source: string;
  source_key: string;
  version: Generated<number>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
  /** A tsvector: for `@@` and ranking in SQL, never selected. */
  search: GeneratedAlways<string>;
}

export interface ProductCategoryTable {
  product_id: string;
  category_id: string;
}

export interface ProductAttributeTable {
  product_id: string;
  name: string;
  value: string;
  position: Generated<number>;
}

export interface ProductMediaTable {
  product_id: string;
  position: number;
  url: string;
  alt: Generated<string>;
}

/** One choice that makes a variant what it is. */
export interface VariantOptionColumn {
  readonly name: string;
  readonly value: string;
}

export interface VariantTable {
  sku: string;
  product_id: string;
  gtin: string | null;
  title: string;
  /** Written as JSON text. */
  options: JSONColumnType<VariantOptionColumn[], string | undefined, string>;
  position: Generated<number>;
}

export interface ListingTable {
  channel_id: string;
  product_id: string;
  title: string | null;
  description: string | null;
  listed_at: Generated<Date>;
  lowest_price_minor: number | null;
  /** Written by triggers only. */
  sort_title: GeneratedAlways<string>;
  /** A tsvector; null when the channel has no wording of its own. */
  search: GeneratedAlways<string | null>;
}

export interface PriceTable {
  channel_id: string;
  sku: string;
  amount_minor: number;
  compare_at_minor: number | null;
  updated_at: Generated<Date>;
}

export interface PromotionTable {
  id: string;
  channel_id: string;
  category_id: string | null;
  title: string;
  basis_points_off: number;
  starts_at: Date;
  ends_at: Date;
}

/** A word of a title, for searches that misspell it. Written by triggers only. */
export interface TitleWordTable {
  word: GeneratedAlways<string>;
}

/** The tables that products owns. */
export interface ProductsDatabase extends ChangeFeedDatabase {
  channel: ChannelTable;
  category: CategoryTable;
  product: ProductTable;
  product_category: ProductCategoryTable;
  product_attribute: ProductAttributeTable;
  product_media: ProductMediaTable;
  variant: VariantTable;
  listing: ListingTable;
  price: PriceTable;
  promotion: PromotionTable;
  title_word: TitleWordTable;
}
