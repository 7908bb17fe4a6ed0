import tzLookup from '@photostructure/tz-lookup';
import { IANAZone } from 'luxon';
import { compileField, compileRefusals } from '../mapping/compile-field.ts';
import type { LocationsMapping } from '../mapping/mapping.ts';
import { distanceKm } from '../postal/distance-km.ts';
import type { FindPostalPosition, PostalPosition } from '../postal/positions.ts';
import type { Row } from '../read/row.ts';
import type { LocationRecord } from '../records.ts';
import { readHours } from './read-hours.ts';
import { checkText, requireText } from './read-text.ts';
import { RowProblem } from './row-problem.ts';
import { toSlug } from './slug.ts';

/** Farther than this from its postal code, a place is doubted: a code's places lie within a few km, in the country within some tens. */
const maxDistanceKm = 50;

/** Makes the reader of a location's row. The reader throws RowProblem when the row is refused. */
export function compileLocation(
  mapping: LocationsMapping,
  source: string,
  findPostalPosition: FindPostalPosition,
): (row: Row) => LocationRecord {
  const findRefusal = compileRefusals(mapping.refuse);
  const readKey = compileField(mapping.key);
  const read = {
    name: compileField(mapping.name),
    kind: compileField(mapping.kind),
    lines: mapping.addressLines.map((column) => compileField(column)),
    city: compileField(mapping.city),
    region: compileField(mapping.region),
    postalCode: compileField(mapping.postalCode),
    country: compileField(mapping.country),
    latitude: compileField(mapping.latitude),
    longitude: compileField(mapping.longitude),
    timeZone: compileField(mapping.timeZone),
    hours: compileField(mapping.hours),
  };
  return (row) => {
    const refusal = findRefusal(row);
    if (refusal !== undefined) throw new RowProblem(refusal);
    const sourceKey = requireText(readKey(row), 'key', 200);
    const postalCode = requireText(read.postalCode(row), 'postal code', 20);
    const countryCode = readCountry(read.country(row));
    const point = {
      latitude: readDegrees(read.latitude(row), 'latitude', 90),
      longitude: readDegrees(read.longitude(row), 'longitude', 180),
    };
    const position = findPostalPosition(countryCode, postalCode);
    const coordinatesDoubt = doubtDistance(point, position);
    return {
      id: readId(mapping.id.replace('{key}', toSlug(sourceKey))),
      source,
      sourceKey,
      name: requireText(read.name(row), 'name', 200),
      kind: readKind(read.kind(row)),
      addressLines: read.lines.map((line) => checkText(line(row), 'address', 200)).filter((line) => line !== ''),
      city: requireText(read.city(row), 'city', 200),
      region: checkText(read.region(row), 'region', 200) || null,
      postalCode,
      countryCode,
      ...point,
      // Where the coordinates are doubted, the clock of the postal code is the better guess.
      timeZone: readTimeZone(
        read.timeZone(row),
        coordinatesDoubt === null || position === undefined ? point : position,
      ),
      hours: readHours(read.hours(row), mapping.isTwelveHourClock),
      coordinatesDoubt,
    };
  };
}

function doubtDistance(
  point: { latitude: number; longitude: number },
  position: PostalPosition | undefined,
): string | null {
  if (position === undefined) return null;
  const away = Math.round(distanceKm(point, position));
  if (away <= maxDistanceKm + position.radiusKm) return null;
  const place =
    position.radiusKm === 0 ? `postal code ${position.code}` : `the middle of the postal area ${position.code}`;
  const extent = position.radiusKm === 0 ? '' : `, whose places lie within ${position.radiusKm} km`;
  return `${away} km from ${place}${extent}`;
}

function readId(id: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
    throw new RowProblem('id: not a slug of 1 to 63 small letters, digits and hyphens');
  return id;
}

function readKind(text: string): LocationRecord['kind'] {
  if (text === 'STORE' || text === 'WAREHOUSE') return text;
  throw new RowProblem('kind: neither STORE nor WAREHOUSE');
}

function readCountry(text: string): string {
  if (!/^[A-Z]{2}$/.test(text)) throw new RowProblem('country: not a code of two capitals');
  return text;
}

function readDegrees(text: string, name: string, limit: number): number {
  const value = text === '' ? Number.NaN : Number(text);
  if (!(Math.abs(value) <= limit)) throw new RowProblem(`${name}: not a number from -${limit} to ${limit}`);
  return value;
}

function readTimeZone(text: string, place: { latitude: number; longitude: number }): string {
  if (text === '') return tzLookup(place.latitude, place.longitude);
  if (!IANAZone.isValidZone(text)) throw new RowProblem('time zone: unknown');
  return text;
}
