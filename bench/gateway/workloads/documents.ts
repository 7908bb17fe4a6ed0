import { productCount } from '../graph/catalogue.ts';

/**
 * The shape of the public federation benchmark: users, their reviews, the products, their reviews, the authors, their reviews again.
 * Four subgraphs, six entity hops, few people and products seen many times.
 */
export const deepDocument = /* GraphQL */ `
fragment Person on User { id username name }
fragment Opinion on Review { id body }
fragment Thing on Product { inStock name price shippingEstimate upc weight }
query Deep {
  users {
    ...Person
    reviews {
      ...Opinion
      product {
        ...Thing
        reviews { ...Opinion author { ...Person reviews { ...Opinion product { ...Thing } } } }
      }
    }
  }
  topProducts {
    ...Thing
    reviews { ...Opinion author { ...Person reviews { ...Opinion product { ...Thing } } } }
  }
}`;

/** Two subgraphs, a few hundred bytes. */
export const smallDocument = /* GraphQL */ `
query Small {
  topProducts(first: 3) { upc name price inStock }
}`;

/** A page of 100 with entity fetches to two other subgraphs. */
export const listDocument = /* GraphQL */ `
query List {
  products(first: 100) { upc name price inStock shippingEstimate reviews { id rating } }
}`;

/** The same page, but which one is a variable. */
export const pagesDocument = /* GraphQL */ `
query Pages($first: Int, $offset: Int) {
  products(first: $first, offset: $offset) { upc name price inStock shippingEstimate reviews { id rating } }
}`;

/** Never the same variables twice: the offset grows past the catalogue, which goes around. A step that shares no factor with its size visits every place. */
export function pageVariables(number: number): { readonly first: number; readonly offset: number } {
  return { first: 100, offset: (number * 7_919) % (productCount * 100_000) };
}
