import { DateTime } from 'luxon';
import type { OpeningHoursColumn } from '../../../db/tables/inventory.ts';
import { afterOpeningHours } from './after-opening-hours.ts';
import { handoverMinutes } from './handover-minutes.ts';

/** A shop's hours, and how many units it can put aside in an hour of them, and on one day; null for as many as come. */
export interface PickupPlace {
  readonly hours: readonly OpeningHoursColumn[];
  readonly time_zone: string;
  readonly pickups_per_hour: number | null;
  readonly pickups_per_day: number | null;
}

/**
 * When a unit that is asked for now can be handed over: two hours of opening time from now, later when others are before it. `queue` is how many units are
 * promised there and have not left. The shop works through them at its pace, an hour of opening time after the other and no more on one day, of its
 * own time zone, than it can. Null for a shop without hours, or one that would need more than two weeks.
 */
export function readyBy(place: PickupPlace, queue: number, asOf: Date): Date | null {
  const { hours, time_zone: zone, pickups_per_hour: perHour, pickups_per_day: perDay } = place;
  const waitMinutes = perHour === null ? 0 : Math.ceil((queue / perHour) * 60);
  const byPace = afterOpeningHours(hours, zone, asOf, handoverMinutes + waitMinutes);
  const fullDays = perDay === null ? 0 : Math.floor(queue / perDay);
  if (byPace === null || fullDays === 0) return byPace;
  const byDay = afterOpeningHours(hours, zone, startOfOpenDay(place, asOf, fullDays), handoverMinutes);
  return byDay === null ? null : new Date(Math.max(byPace.getTime(), byDay.getTime()));
}

/** The first instant of the day, in the shop's own time, that is so many open days after that of `from`. */
function startOfOpenDay({ hours, time_zone }: PickupPlace, from: Date, days: number): Date {
  let day = DateTime.fromJSDate(from, { zone: time_zone }).startOf('day');
  // A shop that is open at all is open once a week.
  for (let passed = 0, tries = 0; passed < days && tries < horizonDays; tries += 1) {
    day = day.plus({ days: 1 });
    if (hours.some((span) => span.day === day.weekday)) passed += 1;
  }
  return day.toJSDate();
}

const horizonDays = 60;
