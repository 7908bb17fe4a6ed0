import type { Connection } from '../shared/connection.ts';
import type { ProductFilter } from './product-list/product-filter.ts';

/** A product's record. */
export interface ProductParent {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly updatedAt: Date;
}

/** A variant's record; its product and its prices are loaded when asked for. */
export interface ProductVariantParent {
  readonly sku: string;
  readonly productId: string;
  readonly gtin: string | null;
  readonly title: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly position: number;
}

/** A page of a list, and which list it is of: facets count the whole of it. */
export interface ProductConnectionParent extends Connection<ProductParent> {
  readonly filter: ProductFilter;
}

export interface CategoryParent {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
}

export interface ChannelParent {
  readonly id: string;
  readonly name: string;
  readonly kind: 'WEB' | 'APP' | 'POS' | 'MARKETPLACE';
  readonly currencyCode: string;
  readonly locale: string;
}
