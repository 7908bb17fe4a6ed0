import { type RawBuilder, sql } from 'kysely';

/**
 * Which profile every merged one ended in, as a common table expression `merged (id, kept_id)` to stand behind `with recursive`.
 * Merges chain: A went into B, later B into C. Few profiles are merged, and an index holds just those. A circle, which no
 * merge makes, would have no end and gives no row.
 */
export const mergedProfiles: RawBuilder<unknown> = sql`
  step (id, kept_id) as (
    select id, merged_into from customer where merged_into is not null
    union
    select step.id, customer.merged_into from step join customer on customer.id = step.kept_id
     where customer.merged_into is not null),
  merged (id, kept_id) as (
    select step.id, step.kept_id from step join customer on customer.id = step.kept_id where customer.merged_into is null)`;

/**
 * The profiles that are one person: `family (key, id)` has the profile `asked.id` and all that were merged into it, for a table
 * `asked (key, id)` of kept profiles, to stand behind `with recursive`. A merge need not move rows: they are read where they are.
 */
export const families: RawBuilder<unknown> = sql`
  family (key, id) as (
    select key, id from asked
    union
    select family.key, customer.id from family join customer on customer.merged_into = family.id)`;
