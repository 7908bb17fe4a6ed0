/** The bench's data: made by counting, so that it is the same in every process and every run. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: number;
}

export interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

export interface Review {
  readonly id: string;
  readonly body: string;
  readonly rating: number;
  readonly upc: string;
  readonly authorId: string;
}

export interface Catalogue {
  readonly users: readonly User[];
  readonly products: readonly Product[];
  readonly userById: ReadonlyMap<string, User>;
  readonly productByUpc: ReadonlyMap<string, Product>;
  readonly reviewById: ReadonlyMap<string, Review>;
  readonly reviewsByUpc: ReadonlyMap<string, readonly Review[]>;
  readonly reviewsByAuthor: ReadonlyMap<string, readonly Review[]>;
}

const people: readonly (readonly [name: string, username: string])[] = [
  ['Mara Lindqvist', 'mara'],
  ['Tomás Ferreira', 'tomas'],
  ['Aiko Brandt', 'aiko'],
  ['Noor van Dijk', 'noor'],
  ['Samuel Okafor', 'sam'],
  ['Ines Kowalska', 'ines'],
];

const things = ['Table', 'Couch', 'Chair', 'Lamp', 'Shelf', 'Desk', 'Stool', 'Mirror', 'Bench'] as const;

/** 134 to 402 characters, as a review of some sentences has. */
const sentences = [
  'It came on a rainy Tuesday, a day before it was promised, and both parcels were dry; nothing was scratched and no screw was missing. ',
  'Two people need about an hour to put it together, and the drawings are clear except for the fourth, where left and right are swapped. ',
  'After three months of daily use the surface looks as it did on the first day, though the feet could do with thicker pads on tiled floors. ',
] as const;

/** Products in the catalogue; the list workload pages through them. */
export const productCount = 20_000;

/** Reviews of the first products, which the deep query walks: [product, author]. Few people, each seen many times. */
const walked: readonly (readonly [product: number, author: number])[] = [
  [1, 1],
  [1, 2],
  [1, 3],
  [1, 1],
  [2, 2],
  [2, 4],
  [3, 1],
  [3, 5],
  [4, 6],
  [4, 2],
  [5, 3],
];

/** Makes the catalogue; about 30 ms and 15 MB. */
export function createCatalogue(): Catalogue {
  const users = people.map(([name, username], i) => ({ id: String(i + 1), name, username, birthday: 7_300 + 411 * i }));
  const products = Array.from({ length: productCount }, (_, i) => ({
    upc: String(i + 1),
    name: `${things[i % things.length]} ${i + 1}`,
    price: 100 + ((i * 799) % 2_000),
    weight: 50 + ((i * 137) % 1_500),
    inStock: i % 3 !== 2,
  }));
  const reviews = walked.map(([product, author], i) => createReview(String(i + 1), product, author, i));
  const lastWalked = 5;
  for (let product = lastWalked + 1; product <= productCount; product += 1) {
    for (const nth of [1, 2]) reviews.push(createReview(`${product}-${nth}`, product, 1 + ((product + nth) % 6), nth));
  }
  return {
    users,
    products,
    userById: new Map(users.map((user) => [user.id, user])),
    productByUpc: new Map(products.map((product) => [product.upc, product])),
    reviewById: new Map(reviews.map((review) => [review.id, review])),
    reviewsByUpc: Map.groupBy(reviews, (review) => review.upc),
    reviewsByAuthor: Map.groupBy(reviews.slice(0, walked.length), (review) => review.authorId),
  };
}

function createReview(id: string, product: number, author: number, seed: number): Review {
  return {
    id,
    body: sentences
      .slice(0, 1 + (seed % sentences.length))
      .join('')
      .trimEnd(),
    rating: 1 + (seed % 5),
    upc: String(product),
    authorId: String(author),
  };
}
