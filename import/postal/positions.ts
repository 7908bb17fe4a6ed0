import { join } from 'node:path';
import { readRows } from '../read/read-rows.ts';
import { isBroken } from '../read/row.ts';
import { sniffFile } from '../read/sniff-file.ts';

/** Where the places of a postal code, or of an area of postal codes, lie. */
export interface PostalPosition {
  /** The code, or the first digits that an area shares. */
  readonly code: string;
  readonly latitude: number;
  readonly longitude: number;
  /** How far from there its places lie; 0 for a single place. */
  readonly radiusKm: number;
}

/** Finds a postal code's position; undefined for a country or a code that is not known. */
export type FindPostalPosition = (countryCode: string, postalCode: string) => PostalPosition | undefined;

const ownFile = join(import.meta.dirname, 'us-areas.csv');
/** GeoNames has about 1.5 million codes in all; a country's file has at most some hundred thousand. */
const maxCodes = 2_000_000;

/**
 * Loads the positions we ship: the middle and the radius of each area of US postal codes (their first three digits), made from GeoNames,
 * CC BY 4.0. With `path`, a file of GeoNames (country_code, zipcode, latitude, longitude) beside them, for each single code.
 */
export async function loadPostalPositions(path: string | undefined, signal: AbortSignal): Promise<FindPostalPosition> {
  const areas = await readPositions(ownFile, signal);
  const codes = path === undefined ? new Map<string, PostalPosition>() : await readPositions(path, signal);
  return (countryCode, postalCode) => {
    const code = countryCode === 'US' ? postalCode.slice(0, 5) : postalCode;
    return codes.get(`${countryCode} ${code}`) ?? areas.get(`${countryCode} ${code.slice(0, 3)}`);
  };
}

async function readPositions(path: string, signal: AbortSignal): Promise<Map<string, PostalPosition>> {
  const shape = await sniffFile(path);
  for (const column of ['country_code', 'zipcode', 'latitude', 'longitude']) {
    if (!shape.columns.includes(column))
      throw new Error(`${path} has no column ${column}: postal codes as GeoNames has them are needed`);
  }
  const positions = new Map<string, PostalPosition>();
  for await (const row of readRows(path, shape, signal)) {
    if (isBroken(row) || positions.size >= maxCodes) continue;
    const [country, code, latitude, longitude] = ['country_code', 'zipcode', 'latitude', 'longitude'].map((column) =>
      String(row.read(column)),
    );
    if (latitude === '' || longitude === '' || positions.has(`${country} ${code}`)) continue;
    positions.set(`${country} ${code}`, {
      code: String(code),
      latitude: Number(latitude),
      longitude: Number(longitude),
      radiusKm: Number(row.read('radius_km') ?? 0),
    });
  }
  return positions;
}
