import type { ChannelParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import { channelColumns } from './channel-columns.ts';

/** Channels by id, in the order of the ids; undefined where there is none. */
export async function findChannels(
  { db, signal }: Reader,
  ids: readonly string[],
): Promise<(ChannelParent | undefined)[]> {
  const rows = await db
    .selectFrom('channel')
    .select(channelColumns)
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...ids]))))
    .execute({ signal });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id));
}
