import { afterOpeningHours } from '../opening-hours/after-opening-hours.ts';
import type { PickupOptionResolvers } from '../resolver-types.generated.ts';

/** What a shop needs to take an item from the shelf and put it aside, while it is open. */
const handoverMinutes = 120;

export const pickupOptionResolvers = {
  readyBy: ({ location, asOf }) => afterOpeningHours(location.hours, location.time_zone, asOf, handoverMinutes),
} satisfies PickupOptionResolvers;
