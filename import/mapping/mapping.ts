import { z } from 'zod';

/*
 * A mapping says, in YAML, which column becomes which field. It holds no code: conversions are named, and what cannot be said with them
 * belongs into the program. Unknown keys are errors, so that a slip of the pen is found before the first row is read.
 */

const regex = z.string().refine(isRegex, 'is not a regular expression');

/** A named conversion of a text; see conversions.ts for what each does. */
const conversion = z.union([
  z.enum(['collapseSpaces', 'upperCase', 'lowerCase', 'decimalComma', 'decodeEntities']),
  z.strictObject({ stripSuffix: z.string().min(1) }),
  z.strictObject({ padZeros: z.int().min(1).max(64) }),
  z.strictObject({ match: regex }),
  z.strictObject({ remove: regex }),
  z.strictObject({ emptyIf: regex }),
  z.strictObject({ map: z.record(z.string(), z.string()) }),
  z.strictObject({ titleCase: z.strictObject({ keep: z.array(z.string()).default([]) }) }),
]);
export type Conversion = z.infer<typeof conversion>;

const columnName = z.string().min(1);

/** A column's name, a constant, or one or several columns with conversions. */
const field = z.union([
  columnName,
  z.strictObject({ value: z.string() }),
  z.strictObject({ from: columnName, as: z.array(conversion).default([]) }),
  z.strictObject({
    join: z.array(columnName).min(1),
    with: z.string().default(' '),
    as: z.array(conversion).default([]),
  }),
]);
export type Field = z.infer<typeof field>;

const condition = z.union([
  z.strictObject({ field, matches: regex }),
  z.strictObject({ field, matchesNot: regex }),
  z.strictObject({ field, atMost: z.number() }),
  z.strictObject({ field, below: z.number() }),
]);
export type Condition = z.infer<typeof condition>;

/** Rows that are something else than what is imported: the first that fits gives the reason. */
const refusal = z.strictObject({ when: condition, reason: z.string().min(3) });
export type Refusal = z.infer<typeof refusal>;

/** A value that a title speaks of: the first rule with a word in the title gives it. */
const wordRule = z.strictObject({ value: z.string().min(1), words: z.array(z.string().min(1)).min(1) });
export type WordRule = z.infer<typeof wordRule>;

const amount = z.strictObject({ amount: field, compareAt: field.optional() });

const products = z.strictObject({
  /** The source's key of a product; several rows of one key are one product with several variants. */
  key: field,
  sku: field,
  gtin: field.optional(),
  title: field,
  /** Texts in the title's column, as they stand there, that are remarks and no titles. Of several titles the most frequent wins. */
  notTitles: regex.optional(),
  description: field.optional(),
  price: amount.optional(),
  /** Only rows that fit are listed in the channel. */
  listedWhen: condition.optional(),
  categories: z
    .union([
      z.strictObject({ path: field, separator: z.string().min(1).optional() }),
      z.strictObject({ listOf: columnName, id: z.string(), name: z.string() }),
      z.strictObject({ fromTitle: z.array(wordRule) }),
    ])
    .optional(),
  attributes: z
    .array(
      z.union([
        z.strictObject({ name: z.string().min(1), value: field, unit: z.string().optional() }),
        z.strictObject({ name: z.string().min(1), fromTitle: z.array(wordRule) }),
      ]),
    )
    .default([]),
  options: z.array(z.strictObject({ name: z.string().min(1), value: field })).default([]),
  image: field.optional(),
  /** Rows of one product stand anywhere in the file: it is read to its end before anything is written. */
  areScattered: z.boolean().default(false),
  refuse: z.array(refusal).default([]),
});

const orders = z.strictObject({
  reference: field,
  placedAt: field,
  /** As luxon reads it, such as yyyy-MM-dd HH:mm:ss; ISO 8601 without it. */
  placedAtFormat: z.string().optional(),
  timeZone: z.string().default('utc'),
  customer: z.strictObject({ externalId: field, displayName: z.string().default('Customer {id}') }).optional(),
  email: field.optional(),
  country: field.optional(),
  sku: field,
  title: field.optional(),
  quantity: field,
  unitPrice: field,
  location: field,
  method: field.default({ value: 'SHIPPING' }),
  /** PLACED, FULFILLED or CANCELLED; an empty one is FULFILLED. */
  status: field.default({ value: '' }),
  /** When it came to that, as placedAt is written; the moment it was placed, when empty. */
  statusAt: field.optional(),
  /** Rows that are credit notes; their quantity is taken without its sign. */
  returns: z
    .strictObject({
      when: condition,
      reason: z.enum(['UNWANTED', 'DAMAGED', 'WRONG_ITEM', 'NOT_AS_DESCRIBED', 'CANCELLED', 'OTHER']),
    })
    .optional(),
  /** Whether the products section makes the products that orders need, from the same rows. */
  createsProducts: z.boolean().default(false),
  refuse: z.array(refusal).default([]),
});

const locations = z.strictObject({
  key: field,
  /** The slug; {key} stands for the key in lower case. */
  id: z.string().default('{key}'),
  name: field,
  kind: field,
  addressLines: z.array(columnName).min(1),
  city: field,
  region: field.optional(),
  postalCode: field,
  country: field,
  latitude: field,
  longitude: field,
  /** Found by the place when not given. */
  timeZone: field.optional(),
  hours: field.optional(),
  /** Whether hours are written without am and pm on a clock of twelve hours. */
  isTwelveHourClock: z.boolean().default(false),
  refuse: z.array(refusal).default([]),
});

const stock = z.strictObject({
  sku: field,
  location: field,
  onHand: field,
  safetyStock: field.optional(),
  refuse: z.array(refusal).default([]),
});

/** Which column becomes which field, for one format of files. */
export const mappingSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  about: z.string().min(1),
  /** Who the records come from; records of one source never touch those of another. */
  source: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  /** Columns that must be there; what the mapping is guessed by. */
  columns: z.array(columnName).min(1),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  /** The channel that is sold in, unless the command names another. */
  channel: field.optional(),
  /** What its amounts are in; without it, the currency of the channel. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  products: products.optional(),
  orders: orders.optional(),
  locations: locations.optional(),
  stock: stock.optional(),
});

/** Which column becomes which field, for one format of files. */
export type Mapping = z.infer<typeof mappingSchema>;
export type ProductsMapping = z.infer<typeof products>;
export type OrdersMapping = z.infer<typeof orders>;
export type LocationsMapping = z.infer<typeof locations>;
export type StockMapping = z.infer<typeof stock>;

/** What a file can be imported as. */
export const importKinds = ['products', 'locations', 'stock', 'orders'] as const;
export type ImportKind = (typeof importKinds)[number];

function isRegex(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
