import type { PickupCapacity } from '../commands/set-pickup-capacity.ts';
import type { SetPickupCapacityInput } from '../resolver-types.generated.ts';
import { readName, readNumber } from './read-values.ts';

const maxUnits = 100_000;

/** The capacity of a setPickupCapacity; throws BAD_USER_INPUT. */
export function readPickupCapacity({ location, perHour, perDay }: SetPickupCapacityInput): PickupCapacity {
  return {
    locationId: readName('location', location),
    perHour: perHour == null ? null : readNumber('perHour', perHour, 1, maxUnits),
    perDay: perDay == null ? null : readNumber('perDay', perDay, 1, maxUnits),
  };
}
