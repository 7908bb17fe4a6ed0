import type { OpeningHours } from '../records.ts';
import { RowProblem } from './row-problem.ts';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * Opening hours such as "Mon: 10-9:30; Tue: 10:00-21:30". Days that are not named are closed.
 *
 * On a clock of twelve hours without am and pm the reading is a guess, the only one under which shops are open by day: an opening before 6
 * is in the afternoon (1-5:30), except 0, which is midnight; a closing up to 12 is in the afternoon or at midnight.
 * @throws RowProblem for what cannot be read
 */
export function readHours(text: string, isTwelveHourClock: boolean): OpeningHours[] {
  const parts = text.split(';').map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => readDay(part, isTwelveHourClock))
    .sort((a, b) => a.day - b.day);
}

function readDay(text: string, isTwelveHourClock: boolean): OpeningHours {
  const found = /^([A-Za-z]{3,9})\.?:?\s*(\d{1,2})(?::(\d{2}))?\s*-\s*(\d{1,2})(?::(\d{2}))?$/.exec(text);
  const day = days.indexOf(found?.[1]?.slice(0, 3).toLowerCase() ?? '') + 1;
  if (found === null || day === 0) throw new RowProblem('opening hours: not readable');
  const opens = { hour: Number(found[2]), minute: Number(found[3] ?? 0) };
  const closes = { hour: Number(found[4]), minute: Number(found[5] ?? 0) };
  if (opens.hour > 24 || closes.hour > 24 || opens.minute > 59 || closes.minute > 59) {
    throw new RowProblem('opening hours: no such time');
  }
  if (!isTwelveHourClock) return { day, opens: toTime(opens), closes: toTime(closes) };
  return {
    day,
    opens: toTime({ ...opens, hour: opens.hour > 0 && opens.hour < 6 ? opens.hour + 12 : opens.hour }),
    closes: toTime({ ...closes, hour: closes.hour <= 12 ? closes.hour + 12 : closes.hour }),
  };
}

function toTime({ hour, minute }: { hour: number; minute: number }): string {
  return `${String(hour % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
