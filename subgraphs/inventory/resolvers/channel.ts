import { readCursor, readPageSize, toConnection, toCursor } from '../../shared/connection.ts';
import { userInputError } from '../../shared/public-error.ts';
import { isStorableText, readStorableText } from '../../shared/storable-text.ts';
import { mayReadChannel, mayReadStock } from '../may-read.ts';
import type {
  AvailabilityChangeResolvers,
  BundlePartResolvers,
  ChannelBackOrderResolvers,
  ChannelBufferResolvers,
  ChannelQuotaResolvers,
  ChannelResolvers,
} from '../resolver-types.generated.ts';
import { getLocation } from './get-location.ts';

export const channelResolvers = {
  // Products decides which channels there are; one that nobody serves has no locations.
  __resolveReference: ({ id }) => ({ id: isStorableText(id) ? id : '' }),

  async locations({ id }, { first, after }, { loaders }) {
    const size = readPageSize(first, 20);
    const list = `locations of ${id}`;
    const key = { channelId: id, after: after == null ? null : readPosition(list, after), limit: size + 1 };
    return toConnection(await loaders.channelLocations.load(key), {
      size,
      isFirstPage: after == null,
      cursorOf: (location) => toCursor(list, [location.priority, location.id]),
      nodeOf: (location) => location,
      extraOf: () => ({ distanceKm: null }),
    });
  },

  async buffer({ id }, { sku }, { loaders, caller }) {
    const known = mayReadStock(caller) && (sku == null || isStorableText(sku));
    return known ? ((await loaders.buffer.load({ channelId: id, sku: sku ?? '' })) ?? null) : null;
  },

  async stockThreshold({ id }, { sku }, { loaders, caller }) {
    if (!mayReadStock(caller) || (sku != null && !isStorableText(sku))) return null;
    return (await loaders.threshold.load({ scopeKind: 'CHANNEL', scopeId: id, sku: sku ?? '' })) ?? null;
  },

  async inventoryAccuracy({ id }, { from, to }, { loaders, caller }) {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    if (!(days >= 0 && days <= 366)) throw userInputError('from is not after to, and at most 366 days before it.');
    if (!mayReadStock(caller)) return null;
    const { counts, right } = await loaders.accuracy.load({ channelId: id, from, to });
    return {
      value: counts === 0 ? null : right / counts,
      target: accuracyTarget,
      numerator: right,
      denominator: counts,
    };
  },

  async backOrder({ id }, { sku }, { loaders }) {
    return isStorableText(sku) ? ((await loaders.backOrder.load({ channelId: id, sku })) ?? null) : null;
  },

  async quota({ id }, { sku }, { loaders, caller }) {
    return isStorableText(sku) && mayReadChannel(caller, id)
      ? ((await loaders.quota.load({ channelId: id, sku })) ?? null)
      : null;
  },
} satisfies ChannelResolvers;

/** What well-run shops reach: 97 of 100 counts find what the records say. */
const accuracyTarget = 0.97;

function readPosition(list: string, cursor: string): { priority: number; id: string } {
  const [priority, id] = readCursor(list, ['number', 'string'], cursor);
  if (!Number.isInteger(priority) || Math.abs(Number(priority)) > 2_147_483_647) {
    throw userInputError('The cursor is not from this list.');
  }
  return { priority: Number(priority), id: readStorableText(`${id}`) };
}

export const channelBufferResolvers = {
  sku: ({ sku }) => (sku === '' ? null : sku),
} satisfies ChannelBufferResolvers;

export const channelQuotaResolvers = {
  id: ({ id }) => Buffer.from(`quota/${id}`).toString('base64url'),
  // An answer given again comes from JSON, where an instant is text.
  startsAt: (quota) => new Date(quota.starts_at),
  endsAt: (quota) => new Date(quota.ends_at),
} satisfies ChannelQuotaResolvers;

export const channelBackOrderResolvers = {
  location: (rule, _arguments, context) => getLocation(context, rule.location_id),
  // An answer given again comes from JSON, where an instant is text.
  sellableFrom: ({ sellable_from }) => (sellable_from === null ? null : new Date(sellable_from)),
  expectedAt: ({ expected_at }) => (expected_at === null ? null : new Date(expected_at)),
} satisfies ChannelBackOrderResolvers;

export const bundlePartResolvers = {
  variant: ({ sku }) => ({ sku }),
} satisfies BundlePartResolvers;

export const availabilityChangeResolvers = {
  variant: ({ sku }) => ({ sku }),
} satisfies AvailabilityChangeResolvers;
