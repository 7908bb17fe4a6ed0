import { sql } from 'kysely';
import type { Reader } from '../reader.ts';
import type { ChannelCustomers } from '../resolver-types.generated.ts';
import { mergedProfiles } from './merged-profiles.ts';

/** A channel in a time, from `start` on and before `end`. */
export interface ChannelTime {
  readonly channelId: string;
  readonly start: Date;
  readonly end: Date;
}

/**
 * Who ordered on channels in a time, in the order of the keys: one statement for any number of channels and times. A person is
 * the kept profile; the orders of all profiles merged into it are theirs. History counts up to the end of the time, so that
 * a figure of last year stays what it was.
 */
export async function countChannelCustomers(
  { db, signal }: Reader,
  keys: readonly ChannelTime[],
): Promise<ChannelCustomers[]> {
  const query = sql<ChannelCustomers & { key: number }>`
    with recursive asked (key, channel_id, start, "end") as (
      select key, channel_id, start, "end"
        from unnest(${keys.map((key) => key.channelId)}::text[], ${keys.map((key) => key.start)}::timestamptz[],
                    ${keys.map((key) => key.end)}::timestamptz[]) with ordinality as asked (channel_id, start, "end", key)),
    ${mergedProfiles},
    bought (key, customer_id, start, "end") as (
      select distinct asked.key, coalesce(merged.kept_id, done.customer_id), asked.start, asked."end"
        from asked
        join interaction as done
          on done.channel_id = asked.channel_id and done.kind = 'ORDERED'
         and done.occurred_at >= asked.start and done.occurred_at < asked."end"
        left join merged on merged.id = done.customer_id),
    profile (customer_id, profile_id) as (
      select customer_id, customer_id from bought
      union
      select bought.customer_id, merged.id from bought join merged on merged.kept_id = bought.customer_id),
    history as (
      select bought.key, bought.start, min(done.occurred_at) as first_at, count(distinct done.channel_id) as channels
        from bought
        join profile on profile.customer_id = bought.customer_id
        join interaction as done
          on done.customer_id = profile.profile_id and done.kind = 'ORDERED' and done.occurred_at < bought."end"
       group by bought.key, bought.start, bought.customer_id)
    select key::int, count(*) filter (where first_at >= start) as new,
           count(*) filter (where first_at < start) as returning,
           count(*) filter (where channels >= 2) as "crossChannel"
      from history group by key`;
  const byKey = new Map((await query.execute(db, { signal })).rows.map((row) => [row.key, row]));
  return keys.map((_, i) => byKey.get(i + 1) ?? { new: 0, returning: 0, crossChannel: 0 });
}
