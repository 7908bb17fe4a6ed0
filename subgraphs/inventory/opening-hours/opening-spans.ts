import { type DateTime, Interval } from 'luxon';
import type { OpeningHoursColumn } from '../../../db/tables/inventory.ts';

/**
 * The spans in which a place is open, from the day before `from` on, the earliest first, `days` days long. The day before
 * counts because a place that closes at 02:00 is still open from yesterday. `from` is in the place's own zone, so that a
 * day of 23 or 25 hours (the clocks change) comes out right.
 */
export function* openingSpans(hours: readonly OpeningHoursColumn[], from: DateTime, days: number): Generator<Interval> {
  for (let day = -1; day < days; day++) {
    const midnight = from.startOf('day').plus({ days: day });
    const spans = hours
      .filter((span) => span.day === midnight.weekday)
      .map((span) => toInterval(span, midnight))
      .filter((span) => span.isValid && !span.isEmpty());
    yield* spans.sort((a, b) => Number(a.start) - Number(b.start));
  }
}

/** One weekday's hours on one date. Closing at or before opening means closing on the next day. */
function toInterval(span: OpeningHoursColumn, midnight: DateTime): Interval {
  const opens = atTime(midnight, span.opens);
  const closes = atTime(midnight, span.closes);
  return Interval.fromDateTimes(opens, closes > opens ? closes : atTime(midnight.plus({ days: 1 }), span.closes));
}

/** "24:00" is the midnight that ends the day. */
function atTime(midnight: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour === 24 ? midnight.plus({ days: 1 }) : midnight.set({ hour, minute });
}
