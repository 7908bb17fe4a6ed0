import type { Context } from '../context.ts';
import { readyBy } from '../opening-hours/ready-by.ts';
import type { LocationParent } from '../parents.ts';
import type { PickupOptionResolvers } from '../resolver-types.generated.ts';

/** When a place can hand something over that is asked for at `asOf`; those without a limit are not asked how busy they are. */
export async function findReadyBy(
  { location, asOf }: { readonly location: LocationParent; readonly asOf: Date },
  { loaders }: Context,
): Promise<Date | null> {
  const isLimited = location.pickups_per_hour !== null || location.pickups_per_day !== null;
  return readyBy(location, isLimited ? await loaders.pickupQueue.load(location.id) : 0, asOf);
}

export const pickupOptionResolvers = {
  readyBy: (option, _arguments, context) => findReadyBy(option, context),
} satisfies PickupOptionResolvers;
