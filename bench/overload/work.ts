import { pageVariables } from '../gateway/workloads/documents.ts';

/** A variant of Oneshelf's sample data that everybody asks for. */
export interface ShelfItem {
  readonly handle: string;
  readonly sku: string;
}

/** What is asked: a page of the bench's graph, or Oneshelf's product page. As a message between processes. */
export type WorkSpec = { readonly kind: 'page' } | { readonly kind: 'oneshelf'; readonly items: readonly ShelfItem[] };

/** Documents, which differ between classes by their names alone, and the variables of each request. */
export interface Work {
  query(name: string): string;
  checkout(name: string): string;
  variables(number: number, isCheckout: boolean): Readonly<Record<string, unknown>>;
}

export function toWork(spec: WorkSpec): Work {
  return spec.kind === 'page' ? pageWork : oneshelfWork(spec.items);
}

const page = '(first: $first, offset: $offset) { upc name price inStock shippingEstimate reviews { id rating } }';

/** 100 products with their stock and reviews, from three subgraphs over HTTP. */
const pageWork: Work = {
  query: (name) => `query ${name}($first: Int, $offset: Int) { products${page} }`,
  checkout: (name) => `mutation ${name}($first: Int, $offset: Int) { putAside${page} }`,
  variables: pageVariables,
};

const product = `id title(channel: "web") description(channel: "web") attributes { name value }
  variants(first: 20) { nodes { sku gtin options { name value }
    price(channel: "web") { amount { amount currencyCode } promotion { id title endsAt } explanation }
    availability(channel: "web") { status availableToSell limitedBy asOf
      pickup(near: $near, first: 3) { location { id name address { city postalCode } } distanceKm availableToSell readyBy } } } }`;

/** The storefront's product page, each time for somebody who stands elsewhere; a checkout holds a unit and shows the same page. */
function oneshelfWork(items: readonly ShelfItem[]): Work {
  return {
    query: (name) =>
      `query ${name}($handle: String!, $near: GeoPointInput) { product(handle: $handle) { ${product} } }`,
    checkout: (name) =>
      `mutation ${name}($input: HoldStockInput!, $near: GeoPointInput) { holdStock(input: $input) { hold { id lines { variant { product { ${product} } } } } } }`,
    variables(number, isCheckout) {
      const item = items[number % items.length];
      const near = {
        latitude: 25 + ((number * 7_919) % 24_000) / 1_000,
        longitude: -124 + ((number * 104_729) % 57_000) / 1_000,
      };
      if (!isCheckout) return { handle: item?.handle, near };
      const lines = [{ sku: item?.sku, quantity: 1 }];
      const owner = { kind: 'CART', id: `cart-${number}` };
      return { near, input: { lines, channel: 'web', minutes: 5, owner, idempotencyKey: `bench-${number}` } };
    },
  };
}
