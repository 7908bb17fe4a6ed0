import { userInputError } from '../../shared/public-error.ts';
import type { Point } from '../queries/list-locations.ts';

/**
 * A point on the globe, to the seventh decimal (a centimetre); throws BAD_USER_INPUT for one that is off it. Postgres
 * refuses to calculate with numbers next to nothing such as 5e-324 ("value out of range: underflow").
 */
export function readPoint(point: Point): Point {
  if (!isWithin(point.latitude, 90) || !isWithin(point.longitude, 180)) {
    throw userInputError('A latitude lies between -90 and 90 degrees, a longitude between -180 and 180.');
  }
  return { latitude: round(point.latitude), longitude: round(point.longitude) };
}

function isWithin(degrees: number, limit: number): boolean {
  return Number.isFinite(degrees) && Math.abs(degrees) <= limit;
}

function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7 || 0;
}
