import type { Arguments, Field, SubgraphData } from '../../rig/subgraphs/subgraph-data.ts';
import type { Catalogue, Product, Review, User } from './catalogue.ts';
import type { SubgraphName } from './subgraph-names.ts';

/** What inventory is given by the gateway: `price` and `weight` are owned by products. */
interface StockedProduct extends Product {
  readonly given: Arguments;
}

/** The four subgraphs over one catalogue. */
export function createSubgraphData(catalogue: Catalogue): Readonly<Record<SubgraphName, SubgraphData>> {
  return {
    accounts: createAccounts(catalogue),
    inventory: createInventory(catalogue),
    products: createProducts(catalogue),
    reviews: createReviews(catalogue),
  };
}

function createAccounts({ users, userById }: Catalogue): SubgraphData {
  return {
    types: {
      Query: {
        me: { type: 'User', resolve: () => users[0] },
        user: { type: 'User', resolve: (_, args) => userById.get(String(args.id)) ?? null },
        users: { type: 'User', resolve: () => users },
      },
      User: plainFields<User>('id', 'name', 'username', 'birthday'),
    },
    findEntity: (representation) => userById.get(String(representation.id)) ?? null,
  };
}

function createProducts({ products, productByUpc }: Catalogue): SubgraphData {
  return {
    types: {
      Query: {
        product: { type: 'Product', resolve: (_, args) => productByUpc.get(String(args.upc)) ?? null },
        products: { type: 'Product', resolve: (_, args) => takeAround(products, args.offset ?? 0, args.first ?? 10) },
        topProducts: { type: 'Product', resolve: (_, args) => takeAround(products, 0, args.first ?? 5) },
      },
      // Changes nothing: a mutation that costs what the page of a query does.
      Mutation: {
        putAside: { type: 'Product', resolve: (_, args) => takeAround(products, args.offset ?? 0, args.first ?? 10) },
      },
      Product: plainFields<Product>('upc', 'name', 'price', 'weight'),
    },
    findEntity: (representation) => productByUpc.get(String(representation.upc)) ?? null,
  };
}

function createInventory({ productByUpc }: Catalogue): SubgraphData {
  return {
    types: {
      Product: {
        ...plainFields<Product>('upc', 'inStock'),
        shippingEstimate: { resolve: estimateShipping },
      },
    },
    findEntity: (given) => {
      const product = productByUpc.get(String(given.upc));
      return product === undefined ? null : { upc: product.upc, inStock: product.inStock, given };
    },
  };
}

function createReviews(catalogue: Catalogue): SubgraphData {
  const { productByUpc, userById, reviewById, reviewsByAuthor, reviewsByUpc } = catalogue;
  return {
    types: {
      Review: {
        ...plainFields<Review>('id', 'body', 'rating'),
        product: { type: 'Product', resolve: (review: Review) => productByUpc.get(review.upc) ?? null },
        author: { type: 'User', resolve: (review: Review) => userById.get(review.authorId) ?? null },
      },
      Product: {
        ...plainFields<Product>('upc'),
        reviews: { type: 'Review', resolve: (product: Product) => reviewsByUpc.get(product.upc) ?? [] },
      },
      User: {
        ...plainFields<User>('id', 'username'),
        reviews: { type: 'Review', resolve: (user: User) => reviewsByAuthor.get(user.id) ?? [] },
      },
    },
    findEntity: ({ __typename, id, upc }) => {
      if (__typename === 'Product') return productByUpc.get(String(upc)) ?? null;
      return (__typename === 'User' ? userById : reviewById).get(String(id)) ?? null;
    },
  };
}

/** Dear things are sent for nothing, others by weight; wrong when a gateway forgets what the field requires. */
function estimateShipping({ given }: StockedProduct): number {
  const { price, weight } = given;
  if (typeof price !== 'number' || typeof weight !== 'number')
    throw new Error('shippingEstimate needs price and weight');
  return price > 1_000 ? 0 : Math.round(weight / 2);
}

function plainFields<Source>(...names: readonly (keyof Source & string)[]): Record<string, Field> {
  return Object.fromEntries(names.map((name) => [name, { resolve: (source: Source) => source[name] }]));
}

/** Goes around at the end, so that every offset is a full page. */
function takeAround<Item>(items: readonly Item[], offset: unknown, first: unknown): Item[] {
  const start = Number(offset) % items.length;
  const page = items.slice(start, start + Number(first));
  return page.length < Number(first) ? page.concat(items.slice(0, Number(first) - page.length)) : page;
}
