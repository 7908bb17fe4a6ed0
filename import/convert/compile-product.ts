import { compileCondition, compileField, compileRawField, compileRefusals } from '../mapping/compile-field.ts';
import type { ProductsMapping } from '../mapping/mapping.ts';
import type { Row } from '../read/row.ts';
import type { CategoryRecord, NamedValue } from '../records.ts';
import type { ProductRow } from './product-group.ts';
import { getCurrencyExponent, readAmount } from './read-amount.ts';
import { readGtin } from './read-gtin.ts';
import { checkText, readSku } from './read-text.ts';
import { RowProblem } from './row-problem.ts';
import { toCategoryId } from './slug.ts';

const maxTitleLength = 300;
const maxDescriptionLength = 20_000;
const maxValueLength = 300;

/** Makes the reader of a product's row. The reader throws RowProblem when the row is refused. */
export function compileProduct(mapping: ProductsMapping, currency: string | undefined): (row: Row) => ProductRow {
  const findRefusal = compileRefusals(mapping.refuse);
  const readKey = compileField(mapping.key);
  const readSkuText = compileField(mapping.sku);
  const readGtinText = compileField(mapping.gtin);
  const readTitle = compileTitle(mapping);
  const readDescription = compileField(mapping.description);
  const readPrice = compilePrice(mapping, currency);
  const isListed = mapping.listedWhen === undefined ? () => true : compileCondition(mapping.listedWhen);
  const readCategories = compileCategories(mapping);
  const readAttributes = compileValues(mapping.attributes.flatMap((rule) => ('value' in rule ? [rule] : [])));
  const readOptions = compileValues(mapping.options);
  const readImage = compileField(mapping.image);
  return (row) => {
    const refusal = findRefusal(row);
    if (refusal !== undefined) throw new RowProblem(refusal);
    const key = checkText(readKey(row), 'key', 200);
    if (key === '') throw new RowProblem('key: missing');
    const image = readImage(row);
    return {
      line: row.line,
      key,
      sku: readSku(readSkuText(row)),
      gtin: readGtin(readGtinText(row)),
      title: readTitle(row),
      description: checkText(readDescription(row), 'description', maxDescriptionLength),
      price: readPrice(row),
      isListed: isListed(row),
      categories: readCategories(row),
      attributes: readAttributes(row),
      options: readOptions(row),
      image: /^https?:\/\/\S+$/.test(image) ? checkText(image, 'image', 2_000) : '',
    };
  };
}

/** Makes the reader of a title: empty for a remark that stands where the title should; missing ones are refused unless remarks are expected. */
export function compileTitle(mapping: Pick<ProductsMapping, 'title' | 'notTitles'>): (row: Row) => string {
  const read = compileField(mapping.title);
  const readRaw = compileRawField(mapping.title);
  const remarks = mapping.notTitles === undefined ? undefined : new RegExp(mapping.notTitles, 'u');
  return (row) => {
    if (remarks?.test(readRaw(row)) === true) return '';
    const title = checkText(read(row), 'title', maxTitleLength);
    if (remarks !== undefined) return title;
    if (title === '') throw new RowProblem('title: missing');
    return title;
  };
}

function compilePrice({ price }: ProductsMapping, currency: string | undefined): (row: Row) => ProductRow['price'] {
  if (price === undefined || currency === undefined) return () => null;
  const exponent = getCurrencyExponent(currency);
  const readAmountText = compileField(price.amount);
  const readCompareAt = compileField(price.compareAt);
  return (row) => {
    const text = readAmountText(row);
    if (text === '') return null;
    const amountMinor = readAmount(text, currency, exponent);
    const compareAtText = readCompareAt(row);
    const compareAtMinor = compareAtText === '' ? null : readAmount(compareAtText, currency, exponent);
    // A former price that is not above the price is no offer.
    return {
      amountMinor,
      compareAtMinor: compareAtMinor !== null && compareAtMinor > amountMinor ? compareAtMinor : null,
    };
  };
}

function compileCategories({ categories }: ProductsMapping): (row: Row) => CategoryRecord[][] {
  if (categories === undefined || 'fromTitle' in categories) return () => [];
  if ('listOf' in categories) {
    return (row) => {
      const path = toList(row.read(categories.listOf)).flatMap((item) =>
        toCategory(item[categories.id], item[categories.name]),
      );
      return path.length === 0 ? [] : [path];
    };
  }
  const readPath = compileField(categories.path);
  return (row) => {
    const text = checkText(readPath(row), 'category', 500);
    const names = categories.separator === undefined ? [text] : text.split(categories.separator);
    const path = names.map((name) => name.trim()).filter((name) => name !== '');
    return path.length === 0 ? [] : [path.map((name) => ({ id: toCategoryId(name), name }))];
  };
}

function toList(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}

function toCategory(id: unknown, name: unknown): CategoryRecord[] {
  if (typeof name !== 'string' || name.trim() === '') return [];
  const text = checkText(name.trim(), 'category', maxValueLength);
  return [{ id: toCategoryId(typeof id === 'string' && id !== '' ? id : text), name: text }];
}

function compileValues(
  rules: readonly { name: string; value: Parameters<typeof compileField>[0]; unit?: string | undefined }[],
) {
  const compiled = rules.map(({ name, value, unit }) => ({ name, read: compileField(value), unit }));
  return (row: Row): NamedValue[] =>
    compiled.flatMap(({ name, read, unit }) => {
      const value = checkText(read(row), name, maxValueLength);
      return value === '' ? [] : [{ name, value: unit === undefined ? value : `${value} ${unit}` }];
    });
}
