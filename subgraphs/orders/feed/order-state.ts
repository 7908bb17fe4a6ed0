import { sql } from 'kysely';
import type { OrderState } from '../parents.ts';

/** Topic of the change rows of orders; their scope and key are the order's id. */
export const orderTopic = 'order';

/** As many as `Order.timeline` gives at most. */
const timelineLength = 100;

/**
 * An order as JSON, with its timeline, the latest 100: what a change row and a snapshot hold, so that both tell it in the same words. In a statement
 * over the table "order". Lines, fulfilments and returns are left out: a hundred times as long, and seldom what a follower waits for. The e-mail
 * address is left out because nobody is shown it, and changes are kept for a day.
 */
export const orderState = sql<StoredOrder>`jsonb_build_object(
  'id', "order".id, 'number', "order".number, 'externalReference', "order".external_reference, 'status', "order".status,
  'channelId', "order".channel_id, 'customerId', "order".customer_id, 'currencyCode', "order".currency_code,
  'totalMinor', "order".total_minor, 'placedAt', "order".placed_at,
  'placedAtUs', (extract(epoch from "order".placed_at) * 1000000)::bigint, 'version', "order".version,
  'timeline', (
    select coalesce(jsonb_agg(jsonb_build_object('at', latest.at, 'kind', latest.kind, 'message', latest.message) order by latest.at, latest.id), '[]')
      from (select * from order_event where order_event.order_id = "order".id order by at desc, id desc limit ${timelineLength}) as latest))`;

/** What {@link orderState} makes. */
export type StoredOrder = Omit<OrderState, 'placedAt' | 'timeline'> & {
  readonly placedAt: string;
  readonly timeline: readonly (Omit<OrderState['timeline'][number], 'at'> & { readonly at: string })[];
};

/** The order that a snapshot or the payload of a change row tells of. */
export function readOrderState(payload: unknown): OrderState {
  const { placedAt, timeline, ...order } = payload as StoredOrder;
  return {
    ...order,
    placedAt: new Date(placedAt),
    timeline: timeline.map(({ at, ...event }) => ({ ...event, at: new Date(at) })),
  };
}
