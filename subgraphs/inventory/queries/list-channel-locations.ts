import { type Kysely, type Selectable, sql } from 'kysely';
import type { InventoryDatabase, LocationTable } from '../../../db/tables/inventory.ts';

/** A page of a channel's locations. */
export interface ChannelLocationsKey {
  readonly channelId: string;
  readonly after: { readonly priority: number; readonly id: string } | null;
  readonly limit: number;
}

export type ChannelLocation = Selectable<LocationTable> & { readonly priority: number };

/** The locations that serve channels, the first choice first, in the order of the keys: one statement for any number of channels. */
export async function listChannelLocations(
  db: Kysely<InventoryDatabase>,
  keys: readonly ChannelLocationsKey[],
): Promise<ChannelLocation[][]> {
  const { rows } = await sql<ChannelLocation & { position: number }>`
    select position, served.*
      from unnest(${keys.map((key) => key.channelId)}::text[], ${keys.map((key) => key.after?.priority ?? null)}::integer[],
                  ${keys.map((key) => key.after?.id ?? null)}::text[], ${keys.map((key) => key.limit)}::integer[])
           with ordinality as asked (channel_id, after_priority, after_id, size, position)
     cross join lateral (
       select location.*, channel_location.priority
         from channel_location join location on location.id = channel_location.location_id
        where channel_location.channel_id = asked.channel_id
          and (asked.after_id is null or (priority, location_id) > (asked.after_priority, asked.after_id))
        order by priority, location_id limit asked.size) as served
     order by position, served.priority, served.id`.execute(db);
  const pages: ChannelLocation[][] = keys.map(() => []);
  for (const { position, ...location } of rows) pages[position - 1]?.push(location);
  return pages;
}
