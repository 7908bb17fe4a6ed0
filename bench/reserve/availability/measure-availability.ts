import { sql } from 'kysely';
import { readAvailability } from '../../../subgraphs/inventory/queries/read-availability.ts';
import { buildSums, findSummedSkus } from '../../../subgraphs/inventory/sums/build-sums.ts';
import { foldLevels } from '../../../subgraphs/inventory/sums/fold-levels.ts';
import type { ReserveSettings } from '../config.ts';
import { type BenchShop, openShop } from '../open-shop.ts';
import { availabilitySku, fillLevels, type LevelsSpec, locationCount } from './fill-levels.ts';

/** How long one statement for 100 variants took. */
export interface AvailabilityRow {
  readonly title: string;
  readonly levels: number;
  readonly summed: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

const variantsAtOnce = 100;

/** The first is what the others are held against. */
const specs: readonly LevelsSpec[] = [
  { title: '100 SKUs, each at 100 of the locations', skuCount: 100, locationsOfEach: 100 },
  { title: '10,000 SKUs, each at 100 of the locations', skuCount: 10_000, locationsOfEach: 100 },
  { title: '1,000 SKUs, each at all 1,000 locations', skuCount: 1_000, locationsOfEach: locationCount },
];

/** Measures the availability of 100 random variants for a channel of 1,000 locations among few and many levels. */
export async function measureAvailability(settings: ReserveSettings, signal: AbortSignal): Promise<AvailabilityRow[]> {
  const rows: AvailabilityRow[] = [];
  for (const spec of specs) {
    const shop = await openShop(1, signal);
    try {
      await fillLevels(shop.db, spec);
      await keepSums(shop.db, signal);
      await shop.tidyUp();
      await sellOneAtSomeShops(shop.db);
      rows.push(await measureLevels(shop, spec, settings.availabilityQueries));
    } finally {
      await shop.close();
    }
  }
  return rows;
}

/** What the jobs of a shop that runs do in some seconds or minutes. */
async function keepSums(db: BenchShop['db'], signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  await findSummedSkus(db);
  let folded = 0;
  for (let more = await foldLevels(db, signal); more > 0; more = await foldLevels(db, signal)) folded += more;
  while ((await buildSums(db)) > 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stderr.write(`${folded.toLocaleString('en')} levels folded into sums in ${seconds.toFixed(1)} s\n`);
}

/** So that every SKU has levels that are not folded, near the most that the job leaves. */
async function sellOneAtSomeShops(db: BenchShop['db']): Promise<void> {
  await sql`
    update stock_level set on_hand = on_hand - 1, version = version + 1
     where location_id in (select 'shop-' || n from generate_series(50, ${locationCount}::integer, 65) as n)`.execute(
    db,
  );
}

async function measureLevels({ db }: BenchShop, spec: LevelsSpec, queries: number): Promise<AvailabilityRow> {
  const times: number[] = [];
  for (let i = -10; i < queries; i++) {
    const keys = chooseKeys(spec.skuCount);
    const startedAt = performance.now();
    const found = await readAvailability(db, keys);
    if (i >= 0) times.push(performance.now() - startedAt);
    await checkOne(db, found[0]);
  }
  times.sort((a, b) => a - b);
  const row = {
    title: spec.title,
    levels: spec.skuCount * spec.locationsOfEach,
    summed: variantsAtOnce * spec.locationsOfEach,
    p50Ms: times[Math.floor(times.length / 2)] ?? Number.NaN,
    p95Ms: times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN,
  };
  process.stderr.write(`availability, ${row.title}: p50 ${row.p50Ms.toFixed(1)} ms, p95 ${row.p95Ms.toFixed(1)} ms\n`);
  return row;
}

/** Distinct SKUs, chosen by chance. */
function chooseKeys(skuCount: number): { readonly sku: string; readonly channelId: string }[] {
  const chosen = new Set<number>();
  while (chosen.size < variantsAtOnce) chosen.add(Math.floor(Math.random() * skuCount));
  return [...chosen].map((i) => ({ sku: availabilitySku(i), channelId: 'web' }));
}

/** A fast wrong answer is none: one of them is summed up the plain way. */
async function checkOne(
  db: BenchShop['db'],
  answer: { readonly sku: string; readonly availableToSell: number } | undefined,
): Promise<void> {
  const { rows } = await sql<{ units: string }>`
    select sum(greatest(sellable, 0)) as units from stock_level join channel_location using (location_id)
     where channel_id = 'web' and sku = ${answer?.sku ?? ''}`.execute(db);
  if (Number(rows[0]?.units) !== answer?.availableToSell) {
    throw new Error(`${answer?.sku}: ${answer?.availableToSell} was answered, ${rows[0]?.units} are there.`);
  }
}
