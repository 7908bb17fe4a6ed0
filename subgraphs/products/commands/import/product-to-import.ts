/** A product as a file brings it, checked: texts within their limits, GTINs with a right check digit, amounts in minor units. */
export interface ProductToImport {
  /** With `sourceKey` it names the product for ever; products of other sources are never touched. */
  readonly source: string;
  readonly sourceKey: string;
  /** Used when the product is new; the address of a page does not change with its title. */
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  /** Each a path from the top of the tree; the product stands in the last of it. */
  readonly categories: readonly (readonly { readonly id: string; readonly name: string }[])[];
  readonly attributes: readonly NamedValue[];
  readonly media: readonly { readonly url: string; readonly alt: string }[];
  /** Where it is on sale, and where the prices of its variants count. */
  readonly channelIds: readonly string[];
  readonly variants: readonly VariantToImport[];
}

export interface VariantToImport {
  readonly sku: string;
  readonly gtin: string | null;
  readonly title: string;
  readonly options: readonly NamedValue[];
  readonly price: { readonly amountMinor: number; readonly compareAtMinor: number | null } | null;
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** A product that is taken, under the id it is kept by. */
export interface KeptProduct {
  readonly id: string;
  readonly product: ProductToImport;
}
