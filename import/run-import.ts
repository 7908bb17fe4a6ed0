import { stat } from 'node:fs/promises';
import { guessMapping } from './mapping/guess-mapping.ts';
import { loadMapping, loadOwnMappings } from './mapping/load-mapping.ts';
import type { ImportKind, Mapping } from './mapping/mapping.ts';
import { type FileShape, sniffFile } from './read/sniff-file.ts';
import { createReport, type ImportReport } from './report/report.ts';
import { importLocations } from './runs/import-locations.ts';
import { importOrders } from './runs/import-orders.ts';
import { importProducts } from './runs/import-products.ts';
import { importStock } from './runs/import-stock.ts';
import type { ChannelShare, ImportProgress, Run } from './runs/run.ts';
import type { ChannelFact, Takers } from './takers.ts';

/** What is imported, how, and where the records go. */
export interface ImportOptions {
  readonly kind: ImportKind;
  /** CSV or NDJSON, plain or gzipped. It must be a file: it is read more than once. */
  readonly file: string;
  /** The name of one of ours, or a path; guessed by the header when not given. */
  readonly mapping?: string | undefined;
  /** The channel that is sold in, instead of the mapping's; or shares of several that orders are dealt to. */
  readonly channel?: string | readonly ChannelShare[] | undefined;
  /** Postal codes as GeoNames has them, to check coordinates code by code. */
  readonly postalFile?: string | undefined;
  /** Where the report goes: a summary as JSON here, every refused and merged row in NAME.lines.ndjson beside it. */
  readonly reportFile?: string | undefined;
  readonly takers: Takers;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  readonly signal: AbortSignal;
}

/**
 * Imports a file, a piece at a time: memory stays flat whatever its size. Running it again changes nothing but what changed in the file.
 * @throws Error when the file, the mapping or a channel is wrong, or a taker fails; the report is written then too, with `isComplete: false`
 */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const { file, kind, takers } = options;
  const { mapping, shape } = await chooseMapping(options);
  const channels = new Map((await takers.products.listChannels()).map((channel) => [channel.id, channel]));
  const shares = chooseChannels(options, mapping, channels);
  const currency = chooseCurrency(mapping, shares, channels);
  const report = createReport({ file, kind, mapping: mapping.name, currency, path: options.reportFile });
  const run: Run = {
    file,
    bytesTotal: (await stat(file)).size,
    shape,
    mapping,
    takers,
    report,
    channels,
    shares,
    postalFile: options.postalFile,
    signal: options.signal,
    onProgress: options.onProgress ?? (() => undefined),
  };
  try {
    await importKind(run, kind, currency);
  } catch (error) {
    // What was being read or written when the import was told to stop says only that it was aborted.
    const problem: unknown = options.signal.aborted ? options.signal.reason : error;
    await report.finish(problem).catch(() => undefined); // the first problem is the one to tell
    throw problem;
  }
  return report.finish();
}

async function importKind(run: Run, kind: ImportKind, currency: string | undefined): Promise<void> {
  const { products, locations, stock, orders, ...rest } = run.mapping;
  switch (kind) {
    case 'products':
      return importProducts(run, products ?? lacks(rest.name, kind), currency);
    case 'locations':
      return importLocations(run, locations ?? lacks(rest.name, kind));
    case 'stock':
      return importStock(run, stock ?? lacks(rest.name, kind));
    case 'orders':
      return importOrders(run, { ...rest, products, orders: orders ?? lacks(rest.name, kind) });
    default:
      return kind satisfies never;
  }
}

async function chooseMapping({
  file,
  kind,
  mapping: name,
}: ImportOptions): Promise<{ mapping: Mapping; shape: FileShape }> {
  const named = name === undefined ? undefined : await loadMapping(name);
  const shape = await sniffFile(file, named?.encoding);
  const mapping = named ?? guessMapping(await loadOwnMappings(), kind, shape.columns);
  if (mapping[kind] === undefined) lacks(mapping.name, kind);
  const missing = mapping.columns.filter((column) => !shape.columns.includes(column));
  if (missing.length > 0)
    throw new Error(`${file} has no column ${missing.join(', ')}, which the mapping ${mapping.name} reads`);
  const isDifferent = named === undefined && mapping.encoding !== undefined && mapping.encoding !== shape.encoding;
  return { mapping, shape: isDifferent ? await sniffFile(file, mapping.encoding) : shape };
}

function lacks(name: string, kind: ImportKind): never {
  throw new Error(`The mapping ${name} does not say how to read ${kind}`);
}

function chooseChannels(
  { channel: given, kind }: ImportOptions,
  { channel: said }: Mapping,
  channels: ReadonlyMap<string, ChannelFact>,
): readonly ChannelShare[] {
  if (kind === 'locations' || kind === 'stock') return [];
  const constant = typeof said === 'object' && 'value' in said ? said.value : undefined;
  const chosen = given ?? constant;
  const shares = chosen === undefined ? [] : typeof chosen === 'string' ? [{ channel: chosen, percent: 100 }] : chosen;
  for (const { channel } of shares) {
    if (!channels.has(channel)) {
      throw new Error(
        `There is no channel ${channel}; there are: ${[...channels.keys()].join(', ') || 'none (seed, or make some first)'}`,
      );
    }
  }
  return shares;
}

/** @throws Error when the amounts of the file are in another currency than a channel sells in: nothing here converts money */
function chooseCurrency(
  { name, currency }: Mapping,
  shares: readonly ChannelShare[],
  channels: ReadonlyMap<string, ChannelFact>,
): string | undefined {
  const currencies = new Set(shares.map(({ channel }) => channels.get(channel)?.currencyCode));
  const [first] = currencies;
  const chosen = currency ?? first;
  for (const other of currencies) {
    if (other !== chosen)
      throw new Error(`The mapping ${name} has amounts in ${chosen}, and a channel sells in ${other}`);
  }
  return shares.length === 0 && currency === undefined ? undefined : chosen;
}
