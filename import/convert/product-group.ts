import type { CategoryRecord, NamedValue } from '../records.ts';

/** What one row says about a product. */
export interface ProductRow {
  readonly line: number;
  readonly key: string;
  readonly sku: string;
  readonly gtin: string | null;
  /** Empty when the text in the title's column is no title. */
  readonly title: string;
  readonly description: string;
  readonly price: Price | null;
  readonly isListed: boolean;
  readonly categories: readonly (readonly CategoryRecord[])[];
  readonly attributes: readonly NamedValue[];
  readonly options: readonly NamedValue[];
  readonly image: string;
}

interface Price {
  readonly amountMinor: number;
  readonly compareAtMinor: number | null;
}

/** What all rows of one product say together. It grows with what differs between them, not with their number. */
export interface ProductGroup {
  readonly key: string;
  /** How often each title occurs. */
  readonly titles: Map<string, number>;
  description: string;
  isListed: boolean;
  readonly categories: Map<string, readonly CategoryRecord[]>;
  readonly attributes: Map<string, NamedValue>;
  readonly images: Set<string>;
  readonly variants: Map<string, VariantGroup>;
}

export interface VariantGroup {
  readonly sku: string;
  /** The row it was first seen in; later ones are merged into it. */
  readonly line: number;
  gtin: string | null;
  readonly options: readonly NamedValue[];
  /** How often each price occurs. */
  readonly prices: Map<string, Price & { readonly times: number }>;
}

/** Of one product, no more than this of anything: a key that all rows share by mistake must not eat the memory. */
const maxVariants = 1_000;
const maxValues = 100;

/** Begins a group with its first row. */
export function createProductGroup(row: ProductRow): ProductGroup {
  const group: ProductGroup = {
    key: row.key,
    titles: new Map(),
    description: '',
    isListed: false,
    categories: new Map(),
    attributes: new Map(),
    images: new Set(),
    variants: new Map(),
  };
  addToProductGroup(group, row);
  return group;
}

/** Adds a row; answers the line of the row it is merged into, null when it brings a variant, undefined when the group is full. */
export function addToProductGroup(group: ProductGroup, row: ProductRow): number | null | undefined {
  const known = group.variants.get(row.sku);
  if (known === undefined && group.variants.size >= maxVariants) return undefined;
  if (row.title !== '') count(group.titles, row.title);
  if (group.description === '') group.description = row.description;
  group.isListed ||= row.isListed;
  for (const path of row.categories) setWithin(group.categories, path.map(({ id }) => id).join('/'), path);
  for (const attribute of row.attributes)
    setWithin(group.attributes, `${attribute.name}\n${attribute.value}`, attribute);
  if (row.image !== '' && group.images.size < maxValues) group.images.add(row.image);
  const variant = known ?? { sku: row.sku, line: row.line, gtin: null, options: row.options, prices: new Map() };
  if (known === undefined) group.variants.set(row.sku, variant);
  variant.gtin ??= row.gtin;
  if (row.price !== null) countPrice(variant.prices, row.price);
  return known === undefined ? null : known.line;
}

/** The key that was counted most often; of equals the one counted first. */
export function mostFrequent(counts: ReadonlyMap<string, number>): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const [value, times] of counts) {
    if (times > most) [best, most] = [value, times];
  }
  return best;
}

/** The price that most rows have; of equals the one seen first. */
export function mostFrequentPrice(variant: VariantGroup): Price | null {
  const [first, ...others] = variant.prices.values();
  if (first === undefined) return null;
  const { amountMinor, compareAtMinor } = others.reduce((best, next) => (next.times > best.times ? next : best), first);
  return { amountMinor, compareAtMinor };
}

function count(counts: Map<string, number>, value: string): void {
  if (counts.has(value) || counts.size < maxValues) counts.set(value, (counts.get(value) ?? 0) + 1);
}

function countPrice(prices: Map<string, Price & { readonly times: number }>, price: Price): void {
  const key = `${price.amountMinor}/${price.compareAtMinor}`;
  const times = (prices.get(key)?.times ?? 0) + 1;
  if (times > 1 || prices.size < maxValues) prices.set(key, { ...price, times });
}

function setWithin<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (map.has(key) || map.size < maxValues) map.set(key, value);
}
