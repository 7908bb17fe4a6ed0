import type { Context } from '../context.ts';
import type { LocationParent } from '../parents.ts';

/** The location that a row names; throws when it is gone, which the foreign keys prevent. */
export async function getLocation({ loaders }: Context, id: string): Promise<LocationParent> {
  const location = await loaders.location.load(id);
  if (location === undefined) throw new Error(`There is no location ${id}, though a row names it.`);
  return location;
}
