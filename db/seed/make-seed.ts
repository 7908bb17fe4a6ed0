import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/*
 * Makes the files of the sample data from the originals; README.md says where those are to be had.
 *
 *   node db/seed/make-seed.ts UCI_CSV_GZ BESTBUY_STORES_NDJSON BESTBUY_PRODUCTS_NDJSON
 *
 * Rows of the originals are copied as they stand, faults and all, so that the importers have something to clean. What is ours (stock, till
 * sales) follows from hashes of codes: the same originals give the same files, byte for byte.
 */

const productCount = 800;
const [uciFile, storesFile, productsFile] = process.argv.slice(2);
if (uciFile === undefined || storesFile === undefined || productsFile === undefined) {
  throw new Error('Name three files: UCI_CSV_GZ BESTBUY_STORES_NDJSON BESTBUY_PRODUCTS_NDJSON');
}

interface InvoiceRow {
  readonly InvoiceNo: string;
  readonly StockCode: string;
  readonly Description: string;
  readonly Quantity: string;
  readonly InvoiceDate: string;
  readonly UnitPrice: string;
  readonly CustomerID: string;
  readonly Country: string;
}

const rows = parse<InvoiceRow>(gunzipSync(await readFile(uciFile)), { columns: true });
const invoices = Map.groupBy(rows, ({ InvoiceNo }) => InvoiceNo);
const popular = findPopularSkus();
const chosen = chooseInvoices();
const stores = chooseStores((await readFile(storesFile, 'utf8')).trim().split('\n'));
const goods = (await readFile(productsFile, 'utf8')).trim().split('\n');

const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;
const chosenRows = rows.filter(({ InvoiceNo }) => chosen.has(InvoiceNo));
await write(
  'uci-invoices.csv.gz',
  toCsv(
    columns,
    chosenRows.map((row) => columns.map((column) => row[column])),
  ),
);
await write('bestbuy-stores.ndjson', `${stores.map(({ text }) => text).join('\n')}\n`);
await write('bestbuy-products.ndjson', `${goods.join('\n')}\n`);
await write('stock.csv.gz', makeStock());
await write('till-sales.csv', makeTillSales());

/** The products that stand on most invoices. */
function findPopularSkus(): Set<string> {
  const counts = new Map<string, number>();
  for (const [number, lines] of invoices) {
    if (number.startsWith('C')) continue;
    for (const sku of new Set(lines.filter(isSale).map(toSku))) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([skuA, a], [skuB, b]) => b - a || (skuA < skuB ? -1 : 1));
  return new Set(sorted.slice(0, productCount).map(([sku]) => sku));
}

/** Whole invoices of nothing but popular products (and postage), so that totals are true; and the credit notes that can be matched with them. */
function chooseInvoices(): Set<string> {
  const numbers = new Set<string>();
  const left = new Map<string, number>();
  for (const [number, lines] of invoices) {
    const sold = lines.filter(isSale);
    if (sold.length === 0 || !sold.every((line) => popular.has(toSku(line)))) continue;
    if (!number.startsWith('C')) {
      numbers.add(number);
      for (const line of sold) left.set(toBought(line), (left.get(toBought(line)) ?? 0) + Number(line.Quantity));
    } else if (
      sold.every((line) => line.CustomerID !== '' && (left.get(toBought(line)) ?? 0) >= -Number(line.Quantity))
    ) {
      numbers.add(number);
      for (const line of sold) left.set(toBought(line), (left.get(toBought(line)) ?? 0) + Number(line.Quantity));
    }
  }
  return numbers;
}

function isSale({ StockCode, Description, UnitPrice }: InvoiceRow): boolean {
  return (
    /^(\d{5}[A-Z]{0,2}|DCGS\w+)$/i.test(StockCode) &&
    Number(UnitPrice) > 0 &&
    !/gift voucher|^next day carriage/i.test(Description)
  );
}

function toSku({ StockCode }: InvoiceRow): string {
  return StockCode.toUpperCase();
}

function toBought(line: InvoiceRow): string {
  return `${line.CustomerID} ${toSku(line)} ${line.UnitPrice}`;
}

interface Store {
  readonly id: number;
  readonly type: string;
  readonly state: string;
  readonly city: string;
  readonly text: string;
}

/** The first large shop of each state, all large ones of Minnesota, and places whose coordinates are in doubt. */
function chooseStores(lines: readonly string[]): Store[] {
  const all = lines
    .map((text): Store => ({ ...(JSON.parse(text) as Omit<Store, 'text'>), text }))
    .sort((a, b) => a.id - b.id);
  const states = new Set<string>();
  return all.filter(({ id, type, state, city }) => {
    const isFirst = type === 'BigBox' && !states.has(state);
    if (isFirst) states.add(state);
    const isDoubtful = id === 8043 || (type === 'Express' && city === 'Minneapolis');
    return isFirst || isDoubtful || (type === 'BigBox' && state === 'MN');
  });
}

function makeStock(): string {
  const ownSkus = [
    ...new Set(chosenRows.filter((row) => isSale(row) && !row.InvoiceNo.startsWith('C')).map(toSku)),
  ].sort();
  const shopSkus = goods.map(readSku);
  const shops = stores.map(({ id }) => `bestbuy-${id}`);
  const levels = [
    ...ownSkus.map((sku) => level('warehouse-coventry', sku, 96, 400)),
    ...ownSkus.map((sku) => level('warehouse-memphis', sku, 30, 120)),
    ...shopSkus.map((sku) => level('warehouse-memphis', sku, 95, 200)),
    ...shops.flatMap((shop) => [
      ...shopSkus.map((sku) => level(shop, sku, 70, 12)),
      ...ownSkus.map((sku) => level(shop, sku, 5, 8)),
    ]),
  ];
  return toCsv(
    ['location', 'sku', 'on_hand', 'safety_stock'],
    levels.flatMap((values) => (values === undefined ? [] : [values])),
  );
}

/** In `percent` of cases a level, of 0 to `most` units; one in twenty of those is sold out. */
function level(location: string, sku: string, percent: number, most: number): string[] | undefined {
  const [first, second] = [hash(`${location}/${sku}`, 0), hash(`${location}/${sku}`, 4)];
  if (first % 100 >= percent) return undefined;
  const onHand = second % 20 === 0 ? 0 : 1 + (second % most);
  return [location, sku, String(onHand), location.startsWith('warehouse') && onHand > 20 ? '5' : '0'];
}

/** Sales of August 2011 at the tills: made up, at the true prices. */
function makeTillSales(): string {
  const shops = stores.filter(({ type }) => type === 'BigBox').map(({ id }) => `bestbuy-${id}`);
  const sales = Array.from({ length: 120 }, (_, index) => {
    const pick = (offset: number, count: number) => hash(`till sale ${index}`, offset) % count;
    const { sku, price } = JSON.parse(goods[pick(0, goods.length)] ?? '') as { sku: number; price: number };
    const at = new Date(Date.UTC(2011, 7, 1 + pick(4, 31), 16 + pick(8, 8), pick(12, 60)));
    const reference = `till-${String(index + 1).padStart(4, '0')}`;
    return [
      'pos',
      reference,
      at.toISOString(),
      String(sku),
      String(1 + (pick(16, 10) === 0 ? 1 : 0)),
      String(price),
      shops[pick(20, shops.length)] ?? '',
      'IN_STORE',
      'US',
    ];
  });
  return toCsv(
    ['channel', 'reference', 'placed_at', 'sku', 'quantity', 'unit_price', 'location', 'method', 'country'],
    sales,
  );
}

function readSku(text: string): string {
  return String((JSON.parse(text) as { sku: number }).sku);
}

function hash(text: string, offset: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE(offset);
}

function toCsv(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const quote = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return `${[header, ...lines].map((line) => line.map(quote).join(',')).join('\n')}\n`;
}

async function write(name: string, text: string): Promise<void> {
  await writeFile(join(import.meta.dirname, name), name.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
}
