import { DateTime } from 'luxon';
import type { OpeningHoursColumn } from '../../../db/tables/inventory.ts';
import { openingSpans } from './opening-spans.ts';

/** Whether a place is open at an instant; null for a place without hours, or whose time zone is unknown. */
export function isOpenAt(hours: readonly OpeningHoursColumn[], timeZone: string, at: Date): boolean | null {
  const local = DateTime.fromJSDate(at, { zone: timeZone });
  if (hours.length === 0 || !local.isValid) return null;
  for (const span of openingSpans(hours, local, 1)) if (span.contains(local)) return true;
  return false;
}
