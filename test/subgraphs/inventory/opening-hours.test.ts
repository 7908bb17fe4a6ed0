import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterOpeningHours } from '../../../subgraphs/inventory/opening-hours/after-opening-hours.ts';
import { isOpenAt } from '../../../subgraphs/inventory/opening-hours/is-open-at.ts';

const minneapolis = 'America/Chicago';
const everyDay = (opens: string, closes: string) => [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens, closes }));

describe('open now', () => {
  it('is decided in the shop’s own time, not ours', () => {
    // 15:30 UTC on a Monday of July is 10:30 in Minneapolis and 08:30 in Los Angeles.
    const at = new Date('2011-07-04T15:30:00Z');
    expect(isOpenAt(everyDay('10:00', '21:30'), minneapolis, at)).toBe(true);
    expect(isOpenAt(everyDay('10:00', '21:30'), 'America/Los_Angeles', at)).toBe(false);
  });

  it('closes at the minute of closing', () => {
    expect(isOpenAt(everyDay('10:00', '21:30'), 'UTC', new Date('2011-07-04T21:29:59Z'))).toBe(true);
    expect(isOpenAt(everyDay('10:00', '21:30'), 'UTC', new Date('2011-07-04T21:30:00Z'))).toBe(false);
  });

  it('goes on after midnight when closing is on the next day', () => {
    const mondayNight = [{ day: 1, opens: '18:00', closes: '02:00' }];
    expect(isOpenAt(mondayNight, 'UTC', new Date('2011-07-04T23:00:00Z'))).toBe(true);
    expect(isOpenAt(mondayNight, 'UTC', new Date('2011-07-05T01:59:00Z'))).toBe(true);
    expect(isOpenAt(mondayNight, 'UTC', new Date('2011-07-05T02:00:00Z'))).toBe(false);
    expect(isOpenAt(mondayNight, 'UTC', new Date('2011-07-04T01:00:00Z'))).toBe(false);
  });

  it('knows a day that ends at 24:00 and one that never closes', () => {
    expect(isOpenAt(everyDay('00:00', '24:00'), 'UTC', new Date('2011-07-04T23:59:59Z'))).toBe(true);
    expect(isOpenAt(everyDay('00:00', '00:00'), 'UTC', new Date('2011-07-04T12:00:00Z'))).toBe(true);
  });

  it('is unknown without hours or in a zone that nobody knows', () => {
    expect(isOpenAt([], 'UTC', new Date())).toBeNull();
    expect(isOpenAt(everyDay('10:00', '21:30'), 'Mars/Olympus', new Date())).toBeNull();
  });
});

describe('ready by', () => {
  it('is two opening hours away', () => {
    const hours = everyDay('10:00', '18:00');
    const ready = (from: string) => afterOpeningHours(hours, 'UTC', new Date(from), 120)?.toISOString();
    expect(ready('2011-07-04T11:00:00Z')).toBe('2011-07-04T13:00:00.000Z');
    expect(ready('2011-07-04T17:00:00Z')).toBe('2011-07-05T11:00:00.000Z');
    expect(ready('2011-07-04T03:00:00Z')).toBe('2011-07-04T12:00:00.000Z');
  });

  it('waits over closed days', () => {
    const mondays = [{ day: 1, opens: '10:00', closes: '11:00' }];
    expect(afterOpeningHours(mondays, 'UTC', new Date('2011-07-04T10:30:00Z'), 60)?.toISOString()).toBe(
      '2011-07-11T10:30:00.000Z',
    );
  });

  it('counts real hours on the night the clocks change', () => {
    // London, 27 March 2011: 01:00 becomes 02:00, so that 00:00 to 06:00 is five hours long.
    const night = [{ day: 7, opens: '00:00', closes: '06:00' }];
    const from = new Date('2011-03-27T00:00:00Z');
    expect(afterOpeningHours(night, 'Europe/London', from, 300)?.toISOString()).toBe('2011-03-27T05:00:00.000Z');
    expect(afterOpeningHours(night, 'Europe/London', from, 301)?.toISOString()).toBe('2011-04-02T23:01:00.000Z');
  });

  it('never promises a shop without hours', () => {
    expect(afterOpeningHours([], 'UTC', new Date(), 120)).toBeNull();
  });

  it('promises a minute at which the shop is open or just closes, at least the work away', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${`${h}`.padStart(2, '0')}:${`${m}`.padStart(2, '0')}`);
    const span = fc.record({ day: fc.integer({ min: 1, max: 7 }), opens: time, closes: time });
    const zone = fc.constantFrom('UTC', 'America/Chicago', 'Asia/Kathmandu', 'Australia/Lord_Howe');
    const at = fc.date({ min: new Date('2010-01-01'), max: new Date('2014-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.array(span, { maxLength: 10 }),
        zone,
        at,
        fc.integer({ min: 1, max: 600 }),
        (hours, tz, from, minutes) => {
          const ready = afterOpeningHours(hours, tz, from, minutes);
          if (ready === null) return;
          expect(ready.getTime() - from.getTime()).toBeGreaterThanOrEqual(minutes * 60_000);
          expect(isOpenAt(hours, tz, new Date(ready.getTime() - 1))).toBe(true);
        },
      ),
    );
  });
});
