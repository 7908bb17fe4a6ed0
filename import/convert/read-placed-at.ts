import { DateTime } from 'luxon';
import { RowProblem } from './row-problem.ts';

/**
 * Makes a reader of local times: `format` as luxon has it, ISO 8601 without one; `timeZone` is where texts without an offset were written.
 * The lines of an order carry the same text, so the last one is remembered: luxon takes about 20 µs for one.
 */
export function createTimeReader(format: string | undefined, timeZone: string): (text: string) => Date {
  let lastText: string | undefined;
  let last = new Date(0);
  return (text) => {
    if (text === lastText) return last;
    const time =
      format === undefined
        ? DateTime.fromISO(text, { zone: timeZone })
        : DateTime.fromFormat(text, format, { zone: timeZone, locale: 'en' });
    if (!time.isValid) throw new RowProblem('time: not readable');
    lastText = text;
    last = time.toJSDate();
    return last;
  };
}
