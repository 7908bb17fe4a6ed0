import type { ProductsMapping } from '../mapping/mapping.ts';
import type { CategoryRecord, NamedValue, ProductRecord } from '../records.ts';
import { compileWordRules } from './match-words.ts';
import { mostFrequent, mostFrequentPrice, type ProductGroup, type VariantGroup } from './product-group.ts';
import { toCategoryId, toHandle } from './slug.ts';

/** Makes the function that turns the rows of one product into its record. Where no row has a title, the SKU stands for it. */
export function compileProductRecord(
  mapping: ProductsMapping,
  source: string,
  channelIds: readonly string[],
): (group: ProductGroup) => ProductRecord {
  const deriveCategories = compileDerivedCategories(mapping);
  const deriveAttributes = compileDerivedAttributes(mapping);
  return (group) => {
    const variants = [...group.variants.values()];
    const title = mostFrequent(group.titles) ?? variants[0]?.sku ?? group.key;
    return {
      source,
      sourceKey: group.key,
      handle: toHandle(title, source, group.key),
      title,
      description: group.description,
      categories: [...group.categories.values(), ...deriveCategories(title)],
      attributes: uniqueValues([...group.attributes.values(), ...deriveAttributes(title)]),
      media: [...group.images].map((url) => ({ url, alt: title })),
      channelIds: group.isListed ? channelIds : [],
      variants: variants.map((variant) => toVariant(variant, title)),
    };
  };
}

function toVariant(variant: VariantGroup, title: string): ProductRecord['variants'][number] {
  const { sku, gtin, options } = variant;
  const words = [title, ...options.map(({ value }) => value)].join(', ');
  return { sku, gtin, title: words.slice(0, 300), options, price: mostFrequentPrice(variant) };
}

/** The first rule with a word in the title gives the category: rules stand in the mapping from the particular to the general. */
function compileDerivedCategories({ categories }: ProductsMapping): (title: string) => CategoryRecord[][] {
  if (categories === undefined || !('fromTitle' in categories)) return () => [];
  const match = compileWordRules(categories.fromTitle);
  return (title) =>
    match(title)
      .slice(0, 1)
      .map((path) => path.split('/').map((name) => ({ id: toCategoryId(name), name })));
}

function compileDerivedAttributes({ attributes }: ProductsMapping): (title: string) => NamedValue[] {
  const rules = attributes.flatMap((rule) =>
    'fromTitle' in rule ? [{ name: rule.name, match: compileWordRules(rule.fromTitle) }] : [],
  );
  return (title) => rules.flatMap(({ name, match }) => match(title).map((value) => ({ name, value })));
}

function uniqueValues(values: readonly NamedValue[]): NamedValue[] {
  return [...new Map(values.map((value) => [`${value.name}\n${value.value}`, value])).values()];
}
