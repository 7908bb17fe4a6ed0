import { isStorableText } from '../../shared/storable-text.ts';
import { mayReadLocation, mayReadStock } from '../may-read.ts';
import { isOpenAt } from '../opening-hours/is-open-at.ts';
import type { LocationResolvers } from '../resolver-types.generated.ts';

export const locationResolvers = {
  async __resolveReference({ id }, { loaders }) {
    return isStorableText(id) ? ((await loaders.location.load(id)) ?? null) : null;
  },
  address: (location) => ({
    lines: location.address_lines,
    city: location.city,
    region: location.region,
    postalCode: location.postal_code,
    countryCode: location.country_code,
  }),
  coordinates: ({ latitude, longitude }) => ({ latitude, longitude }),
  coordinatesDoubt: (location, _arguments, { caller }) => (mayReadStock(caller) ? location.coordinates_doubt : null),
  hours: ({ hours }) => [...hours].sort((a, b) => a.day - b.day || a.opens.localeCompare(b.opens)),
  timeZone: (location) => location.time_zone,
  async stockThreshold({ id }, { sku }, { loaders, caller }) {
    if (!mayReadLocation(caller, id) || (sku != null && !isStorableText(sku))) return null;
    return (await loaders.threshold.load({ scopeKind: 'LOCATION', scopeId: id, sku: sku ?? '' })) ?? null;
  },
  pickupCapacity: ({ id, pickups_per_hour, pickups_per_day }, _arguments, { caller }) =>
    !mayReadLocation(caller, id) || (pickups_per_hour === null && pickups_per_day === null)
      ? null
      : { perHour: pickups_per_hour, perDay: pickups_per_day },
  openNow: ({ hours, time_zone }) => isOpenAt(hours, time_zone, new Date()),
} satisfies LocationResolvers;
