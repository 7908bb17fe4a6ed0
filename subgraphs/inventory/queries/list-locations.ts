import { type Kysely, type Selectable, sql } from 'kysely';
import type { InventoryDatabase, LocationTable } from '../../../db/tables/inventory.ts';

/** A point on the globe, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** A location and how far it is from where one asked; null when one asked from nowhere. */
export interface ListedLocation {
  readonly location: Selectable<LocationTable>;
  /** The straight line through the globe in metres, as the index orders by it. */
  readonly chord: number | null;
  readonly distanceKm: number | null;
}

/** Locations by name, then id, behind `after` (exclusive), at most `limit`. */
export async function listLocationsByName(
  db: Kysely<InventoryDatabase>,
  options: {
    readonly kind: 'STORE' | 'WAREHOUSE' | undefined;
    readonly after: { readonly name: string; readonly id: string } | undefined;
    readonly limit: number;
  },
): Promise<ListedLocation[]> {
  let query = db.selectFrom('location').selectAll();
  const { kind, after } = options;
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (after !== undefined) query = query.where(sql<boolean>`(name, id) > (${after.name}, ${after.id})`);
  const rows = await query.orderBy('name').orderBy('id').limit(options.limit).execute();
  return rows.map((location) => ({ location, chord: null, distanceKm: null }));
}

/**
 * Locations nearest to a point first, then by id, behind `after` (exclusive), at most `limit`. Walks the index
 * location_place_idx outwards; it orders by the chord, which is what the cursor carries.
 */
export async function listLocationsByDistance(
  db: Kysely<InventoryDatabase>,
  options: {
    readonly near: Point;
    readonly kind: 'STORE' | 'WAREHOUSE' | undefined;
    readonly after: { readonly chord: number; readonly id: string } | undefined;
    readonly limit: number;
  },
): Promise<ListedLocation[]> {
  const chord = chordTo(options.near);
  let query = db
    .selectFrom('location')
    .selectAll()
    .select([chord.as('chord'), sql<number>`sec_to_gc(${chord}) / 1000`.as('distance_km')]);
  const { kind, after } = options;
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (after !== undefined) {
    query = query.where(sql<boolean>`(${chord}, id) > (${after.chord}::float8, ${after.id})`);
  }
  const rows = await query.orderBy(chord).orderBy('id').limit(options.limit).execute();
  return rows.map(({ chord, distance_km, ...location }) => ({ location, chord, distanceKm: distance_km }));
}

/** The straight line from `location` to a point, in metres; an expression that the index can order by. */
export function chordTo(near: Point) {
  return sql<number>`(ll_to_earth(location.latitude, location.longitude) <-> ll_to_earth(${near.latitude}::float8, ${near.longitude}::float8))`;
}
