import type { ChannelParent } from '../parents.ts';
import type { Reader } from '../reader.ts';
import { channelColumns } from './channel-columns.ts';

/** The channels by id, at most `limit`. */
export async function listChannels({ db, signal }: Reader, limit: number): Promise<ChannelParent[]> {
  return db.selectFrom('channel').select(channelColumns).orderBy('id').limit(limit).execute({ signal });
}
