import { DateTime } from 'luxon';
import type { OpeningHoursColumn } from '../../../db/tables/inventory.ts';
import { openingSpans } from './opening-spans.ts';

/** A shop that opens less than an hour a week is not worth a promise; two hours are found within two weeks otherwise. */
const horizonDays = 15;

/**
 * The instant at which a shop has been open for `minutes` minutes, counted from `from`: what needs two hours of work and
 * comes in an hour before closing is ready an hour after the next opening. Null for a shop without hours, or with too few.
 * Overlapping spans count once.
 */
export function afterOpeningHours(
  hours: readonly OpeningHoursColumn[],
  timeZone: string,
  from: Date,
  minutes: number,
): Date | null {
  const local = DateTime.fromJSDate(from, { zone: timeZone });
  if (!local.isValid) return null;
  let leftMs = minutes * 60_000;
  let countedUntilMs = from.getTime();
  for (const span of openingSpans(hours, local, horizonDays)) {
    const startMs = Math.max(Number(span.start), countedUntilMs);
    const endMs = Number(span.end);
    if (endMs - startMs >= leftMs) return new Date(startMs + leftMs);
    leftMs -= Math.max(0, endMs - startMs);
    countedUntilMs = Math.max(countedUntilMs, endMs);
  }
  return null;
}
