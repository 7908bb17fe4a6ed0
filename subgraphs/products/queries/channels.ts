import type { ChannelParent } from '../parents.ts';
import type { Reader } from '../reader.ts';

const channelColumns = ['id', 'name', 'kind', 'currency_code as currencyCode', 'locale'] as const;

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

/** The channels by id, at most `limit`. */
export async function listChannels({ db, signal }: Reader, limit: number): Promise<ChannelParent[]> {
  return db.selectFrom('channel').select(channelColumns).orderBy('id').limit(limit).execute({ signal });
}

/** How many products are listed in each channel, in the order of the ids. */
export async function countListedProducts({ db, signal }: Reader, channelIds: readonly string[]): Promise<number[]> {
  const rows = await db
    .selectFrom('listing')
    .select((eb) => ['channel_id', eb.fn.countAll<number>().as('count')])
    .where((eb) => eb('channel_id', '=', eb.fn.any(eb.val([...channelIds]))))
    .groupBy('channel_id')
    .execute({ signal });
  const byChannel = new Map(rows.map((row) => [row.channel_id, row.count]));
  return channelIds.map((id) => byChannel.get(id) ?? 0);
}
