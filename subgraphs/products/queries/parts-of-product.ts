import { sql } from 'kysely';
import type { CategoryParent, ChannelParent } from '../parents.ts';

/* What stands below a product, for listOfProducts: the product is `asked.product_id`. */

/** Pictures and films, the main one first. */
export const mediaOfProduct = sql<{ readonly url: string; readonly alt: string }>`
  select url, alt from product_media where product_id = asked.product_id order by position`;

/** Facts, in the record's order. */
export const attributesOfProduct = sql<{ readonly name: string; readonly value: string }>`
  select name, value from product_attribute where product_id = asked.product_id order by position, name, value`;

/** The categories it stands in, by name. */
export const categoriesOfProduct = sql<CategoryParent>`
  select category.id, category.name, category.parent_id as "parentId"
    from product_category join category on category.id = product_category.category_id
   where product_category.product_id = asked.product_id order by category.name, category.id`;

/** The channels it is listed in, by id. */
export const channelsOfProduct = sql<ChannelParent>`
  select channel.id, channel.name, channel.kind, channel.currency_code as "currencyCode", channel.locale
    from listing join channel on channel.id = listing.channel_id
   where listing.product_id = asked.product_id order by channel.id`;
