import { sql } from 'kysely';
import type { Reader } from '../reader.ts';
import type { Completeness, RecordPart } from '../resolver-types.generated.ts';

/** How many parts a complete record has: those that `missing` below looks for. */
const partCount = 7;

/** What a product's record lacks, as an array of RecordPart; the product is `p`. Each rule is described in the schema. */
const missing = sql<RecordPart[]>`array_remove(array[
  case when btrim(p.title) = '' then 'TITLE' end,
  case when btrim(p.description) = '' then 'DESCRIPTION' end,
  case when not exists (select from product_media m where m.product_id = p.id) then 'PICTURE' end,
  case when not exists (select from product_category c where c.product_id = p.id) then 'CATEGORY' end,
  case when not exists (select from product_attribute a where a.product_id = p.id) then 'ATTRIBUTE' end,
  case when not exists (select from variant v where v.product_id = p.id)
         or exists (select from variant v where v.product_id = p.id and v.gtin is null) then 'GTIN' end,
  case when exists (select from listing l where l.product_id = p.id and l.lowest_price_minor is null) then 'PRICE' end
], null)`;

/** Products that lack the same parts. */
interface Gap {
  readonly owner: string;
  readonly missing: readonly RecordPart[];
  readonly count: number;
}

/** How complete products' records are, in the order of the ids. */
export async function readCompleteness({ db, signal }: Reader, productIds: readonly string[]): Promise<Completeness[]> {
  const query = sql<Gap>`
    select p.id as owner, ${missing} as missing, 1 as count from product p where p.id = any(${[...productIds]}::text[])`;
  const gaps = Map.groupBy((await query.execute(db, { signal })).rows, (gap) => gap.owner);
  return productIds.map((id) => toProductCompleteness(gaps.get(id)?.[0]?.missing ?? []));
}

/**
 * How complete the records of channels' products are, in the order of the ids; null where nothing is listed. Postgres judges
 * each product once, however many channels list it, and answers with at most 128 rows a channel: one for each set of gaps.
 */
export async function readChannelCompleteness(
  { db, signal }: Reader,
  channelIds: readonly string[],
): Promise<(Completeness | null)[]> {
  const query = sql<Gap>`
    with record as materialized (
      select p.id, ${missing} as missing from product p
       where exists (select from listing l where l.product_id = p.id and l.channel_id = any(${[...channelIds]}::text[])))
    select listing.channel_id as owner, record.missing, count(*) as count
      from listing join record on record.id = listing.product_id
     where listing.channel_id = any(${[...channelIds]}::text[])
     group by listing.channel_id, record.missing`;
  const gaps = Map.groupBy((await query.execute(db, { signal })).rows, (gap) => gap.owner);
  return channelIds.map((id) => toChannelCompleteness(gaps.get(id) ?? []));
}

function toProductCompleteness(parts: readonly RecordPart[]): Completeness {
  return { score: (partCount - parts.length) / partCount, incomplete: parts.length, missing: parts };
}

function toChannelCompleteness(gaps: readonly Gap[]): Completeness | null {
  const lacking = new Map<RecordPart, number>();
  let [listed, incomplete, present] = [0, 0, 0];
  for (const { missing, count } of gaps) {
    listed += count;
    present += count * (partCount - missing.length);
    if (missing.length > 0) incomplete += count;
    for (const part of missing) lacking.set(part, (lacking.get(part) ?? 0) + count);
  }
  if (listed === 0) return null;
  const byFrequency = [...lacking].sort(([a, n], [b, m]) => m - n || a.localeCompare(b)).map(([part]) => part);
  return { score: present / (listed * partCount), incomplete, missing: byFrequency };
}
