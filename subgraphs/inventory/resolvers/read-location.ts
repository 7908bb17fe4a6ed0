import { userInputError } from '../../shared/public-error.ts';
import { isStorableText } from '../../shared/storable-text.ts';
import type { Context } from '../context.ts';
import type { LocationParent } from '../parents.ts';

/** The location that a caller names; throws BAD_USER_INPUT when there is none. */
export async function readLocation({ loaders }: Context, id: string): Promise<LocationParent> {
  const location = isStorableText(id) ? await loaders.location.load(id) : undefined;
  if (location === undefined) throw noSuchLocation();
  return location;
}

/** Also said of one that is not shown. */
export function noSuchLocation() {
  return userInputError('There is no such location.');
}
