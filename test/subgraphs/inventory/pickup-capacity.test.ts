import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyBy } from '../../../subgraphs/inventory/opening-hours/ready-by.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';
import { addLocation, serveChannel } from './shops.ts';
import { receive, stockOperations } from './stock-operations.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '10:00', closes: '18:00' }));
/** 10:00 to 18:00 in New York is 14:00 to 22:00 UTC in July. */
const shop = { hours: everyDay, time_zone: 'America/New_York', pickups_per_hour: null, pickups_per_day: null };
const noon = new Date('2011-07-04T16:00:00Z');

describe('ready by', () => {
  it('is two opening hours away, in the shop’s own time, for a shop without limits', () => {
    expect(readyBy(shop, 1_000, noon)).toEqual(new Date('2011-07-04T18:00:00Z'));
    expect(readyBy(shop, 0, new Date('2011-07-04T21:00:00Z'))).toEqual(new Date('2011-07-05T15:00:00Z'));
  });

  it('comes later by what is before it, at the shop’s pace, while it is open', () => {
    const slow = { ...shop, pickups_per_hour: 4 };
    expect(readyBy(slow, 0, noon)).toEqual(new Date('2011-07-04T18:00:00Z'));
    expect(readyBy(slow, 6, noon)).toEqual(new Date('2011-07-04T19:30:00Z'));
    // 5 hours for 20 units and 2 hours: an hour is left for tomorrow, which begins at 10:00 in New York.
    expect(readyBy(slow, 20, noon)).toEqual(new Date('2011-07-05T15:00:00Z'));
  });

  it('goes to the day on which there is room', () => {
    const small = { ...shop, pickups_per_day: 10 };
    expect(readyBy(small, 9, noon)).toEqual(new Date('2011-07-04T18:00:00Z'));
    expect(readyBy(small, 10, noon)).toEqual(new Date('2011-07-05T16:00:00Z'));
    expect(readyBy(small, 25, noon)).toEqual(new Date('2011-07-06T16:00:00Z'));
    const mondays = { ...small, hours: everyDay.slice(0, 1) };
    expect(readyBy(mondays, 10, noon)).toEqual(new Date('2011-07-11T16:00:00Z'));
  });

  it('is unknown for a shop without hours, or that needs too long', () => {
    expect(readyBy({ ...shop, hours: [] }, 0, noon)).toBeNull();
    expect(readyBy({ ...shop, pickups_per_hour: 1 }, 1_000, noon)).toBeNull();
  });
});

describe('a pickup', () => {
  let inventory: OpenInventory;
  beforeAll(async () => {
    inventory = await openInventory();
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '00:00', closes: '24:00' }));
    await addLocation(inventory.db, 'camden', { hours: JSON.stringify(always), time_zone: 'Europe/London' });
    await serveChannel(inventory.db, 'web', ['camden']);
    await receive(inventory.ask, 'camden', 'MUG', 50);
  });
  afterAll(() => inventory.close());

  const hoursFromNow = async () => {
    const { data } = await inventory.ask(
      `{ _entities(representations: [{ __typename: "ProductVariant", sku: "MUG" }]) { ... on ProductVariant {
         availability(channel: "web") { pickup(near: { latitude: 51, longitude: 0 }) { asOf readyBy } } } } }`,
    );
    const [{ asOf, readyBy: at }] = data._entities[0].availability.pickup;
    return (Date.parse(at) - Date.parse(asOf)) / 3_600_000;
  };
  const setCapacity = async (input: Record<string, unknown>) => {
    const { data, code } = await inventory.ask(
      `mutation ($input: SetPickupCapacityInput!) { setPickupCapacity(input: $input) {
         location { pickupCapacity { perHour perDay } } replayed userErrors { code } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    return data?.setPickupCapacity ?? { code };
  };

  it('is ready later when the shop is busy, as its capacity says', async () => {
    const stock = stockOperations(inventory.ask);
    const { hold } = await stock.hold({ location: 'camden', sku: 'MUG', quantity: 6 });
    await stock.commit({ hold: hold.id, reference: 'order-1' });
    expect(await hoursFromNow()).toBe(2);
    const set = await setCapacity({ location: 'camden', perHour: 2 });
    expect(set).toMatchObject({ location: { pickupCapacity: { perHour: 2, perDay: null } }, userErrors: [] });
    expect(await hoursFromNow()).toBe(5);
    await stock.settle({
      location: 'camden',
      outcome: 'SHIPPED',
      reference: 'order-1',
      lines: [{ sku: 'MUG', quantity: 4 }],
    });
    expect(await hoursFromNow()).toBe(3);
    expect(await setCapacity({ location: 'moon', perHour: 2 })).toMatchObject({
      location: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    expect(await setCapacity({ location: 'camden', perHour: 0 })).toEqual({ code: 'BAD_USER_INPUT' });
  });
});
