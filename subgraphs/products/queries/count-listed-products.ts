import type { Reader } from '../reader.ts';

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
