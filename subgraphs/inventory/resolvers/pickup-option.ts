import { afterOpeningHours } from '../opening-hours/after-opening-hours.ts';
import { handoverMinutes } from '../opening-hours/handover-minutes.ts';
import type { PickupOptionResolvers } from '../resolver-types.generated.ts';

export const pickupOptionResolvers = {
  readyBy: ({ location, asOf }) => afterOpeningHours(location.hours, location.time_zone, asOf, handoverMinutes),
} satisfies PickupOptionResolvers;
