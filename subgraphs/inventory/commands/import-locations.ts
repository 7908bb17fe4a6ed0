import { type Kysely, sql, type Transaction } from 'kysely';
import type { InventoryDatabase } from '../../../db/tables/inventory.ts';
import { inTransaction } from '../../../db/transaction.ts';

/** A shop or warehouse as a file brings it, checked. */
export interface LocationToImport {
  readonly id: string;
  /** With `sourceKey` it names the location for ever. */
  readonly source: string;
  readonly sourceKey: string;
  readonly name: string;
  readonly kind: 'STORE' | 'WAREHOUSE';
  readonly addressLines: readonly string[];
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly countryCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  readonly hours: readonly { readonly day: number; readonly opens: string; readonly closes: string }[];
  readonly coordinatesDoubt: string | null;
}

/** What became of one location. */
export type LocationOutcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Takes a batch of locations in one transaction. No two may share an id or a source key. A location keeps its id: one that comes under
 * another id, or under the id of another, is refused.
 */
export async function importLocations(
  db: Kysely<InventoryDatabase>,
  batch: readonly LocationToImport[],
): Promise<LocationOutcome[]> {
  return inTransaction(db, async (trx) => {
    const conflicts = await findConflicts(trx, batch);
    const taken = batch.filter((_, index) => conflicts[index] === undefined);
    const written = await writeLocations(trx, taken);
    return batch.map(({ id }, index) => {
      const reason = conflicts[index];
      return reason === undefined ? { kind: written.get(id) ?? 'unchanged' } : { kind: 'refused', reason };
    });
  });
}

/** The ids of all locations. */
export async function listLocationIds(db: Kysely<InventoryDatabase>): Promise<string[]> {
  const rows = await db.selectFrom('location').select('id').execute();
  return rows.map(({ id }) => id);
}

async function findConflicts(
  trx: Transaction<InventoryDatabase>,
  batch: readonly LocationToImport[],
): Promise<(string | undefined)[]> {
  const { rows } = await sql<{ id: string; source: string; source_key: string }>`
    select id, source, source_key from location
     where id = any (${batch.map(({ id }) => id)}::text[])
        or (source, source_key) in (
          select * from unnest(${batch.map(({ source }) => source)}::text[], ${batch.map(({ sourceKey }) => sourceKey)}::text[]))`.execute(
    trx,
  );
  const keyOf = new Map(rows.map((row) => [row.id, toKey(row.source, row.source_key)]));
  const idOf = new Map(rows.map((row) => [toKey(row.source, row.source_key), row.id]));
  return batch.map(({ id, source, sourceKey }) => {
    const key = toKey(source, sourceKey);
    if ((keyOf.get(id) ?? key) !== key) return 'id: another location has it';
    if ((idOf.get(key) ?? id) !== id) return 'id: the location is kept under another';
    return undefined;
  });
}

function toKey(source: string, sourceKey: string): string {
  return `${source}\n${sourceKey}`;
}

/** Inserts or updates; gives what happened to the rows that were written, by id. */
async function writeLocations(
  trx: Transaction<InventoryDatabase>,
  taken: readonly LocationToImport[],
): Promise<Map<string, 'created' | 'changed'>> {
  // As JSON, since address lines are a list themselves, and unnest would flatten a list of lists.
  const { rows } = await sql<{ id: string; is_new: boolean }>`
    insert into location (id, name, kind, address_lines, city, region, postal_code, country_code, latitude, longitude,
      time_zone, hours, coordinates_doubt, source, source_key)
    select id, name, kind, array(select jsonb_array_elements_text(address_lines)), city, region, postal_code, country_code,
           latitude, longitude, time_zone, hours, coordinates_doubt, source, source_key
      from jsonb_to_recordset(${JSON.stringify(taken.map(toRow))}::jsonb) as given (
        id text, name text, kind text, address_lines jsonb, city text, region text, postal_code text, country_code text,
        latitude double precision, longitude double precision, time_zone text, hours jsonb, coordinates_doubt text,
        source text, source_key text)
     order by id
        on conflict (id) do update
       set name = excluded.name, kind = excluded.kind, address_lines = excluded.address_lines, city = excluded.city,
           region = excluded.region, postal_code = excluded.postal_code, country_code = excluded.country_code,
           latitude = excluded.latitude, longitude = excluded.longitude, time_zone = excluded.time_zone,
           hours = excluded.hours, coordinates_doubt = excluded.coordinates_doubt, updated_at = now()
     where (location.name, location.kind, location.address_lines, location.city, location.region, location.postal_code,
            location.country_code, location.latitude, location.longitude, location.time_zone, location.hours, location.coordinates_doubt)
        is distinct from
           (excluded.name, excluded.kind, excluded.address_lines, excluded.city, excluded.region, excluded.postal_code,
            excluded.country_code, excluded.latitude, excluded.longitude, excluded.time_zone, excluded.hours, excluded.coordinates_doubt)
    returning id, xmax = 0 as is_new`.execute(trx);
  return new Map(rows.map(({ id, is_new }) => [id, is_new ? 'created' : 'changed']));
}

function toRow(location: LocationToImport) {
  const { addressLines, postalCode, countryCode, timeZone, coordinatesDoubt, sourceKey, ...same } = location;
  return {
    ...same,
    address_lines: addressLines,
    postal_code: postalCode,
    country_code: countryCode,
    time_zone: timeZone,
    coordinates_doubt: coordinatesDoubt,
    source_key: sourceKey,
  };
}
