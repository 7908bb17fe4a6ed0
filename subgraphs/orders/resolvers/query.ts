import { readPageSize } from '../../shared/connection.ts';
import { pullFeed } from '../../shared/pull-feed.ts';
import { isStorableText, readStorableText } from '../../shared/storable-text.ts';
import { createOrderFeed } from '../feed/order-feed.ts';
import { mayReadAllOrders, mayReadChannel, mayReadOrder } from '../may-read.ts';
import { listOrders } from '../queries/list-orders.ts';
import { readOrderCursor } from '../queries/order-position.ts';
import type { QueryResolvers } from '../resolver-types.generated.ts';
import { findOwnOrder } from './find-own-order.ts';
import { toOrderConnection } from './order-connection.ts';

export const queryResolvers = {
  async orders(_parent, args, { db, loaders, signal, caller }) {
    const size = readPageSize(args.first, 50);
    const after = readOrderCursor('orders', args.after);
    const asked = typeof args.channel === 'string' ? readStorableText(args.channel) : null;
    const channelId = asked ?? (caller.kind === 'partner' ? (caller.attributes.channel ?? '') : null);
    const mayRead = channelId === null ? mayReadAllOrders(caller) : mayReadChannel(caller, channelId);
    // Another's channel looks like one that there is none of.
    if (!mayRead) return toOrderConnection('orders', [], { size, isFirstPage: after === null });
    const orders = await listOrders(db, { channelId, statuses: args.status ?? null, after, limit: size + 1 }, signal);
    // A fulfilment order leads back to its order, which need not be read again.
    for (const order of orders) loaders.orderById.prime(order.id, order);
    return toOrderConnection('orders', orders, { size, isFirstPage: after === null });
  },

  async order(_parent, { number, email }, { loaders, caller }) {
    if (!isStorableText(number)) return null;
    const order = await loaders.orderByNumber.load(number);
    // The order is read either way, so that somebody else's takes as long as one that does not exist.
    if (order === null) return null;
    if (typeof email !== 'string') return mayReadOrder(caller, order) ? order : null;
    return order.email !== null && foldCase(order.email) === foldCase(email) ? order : null;
  },

  async orderChanges(_parent, { id, after, first }, context) {
    const limit = readPageSize(first, 10);
    const { db, caller, signal } = context;
    const order = await findOwnOrder(context, id);
    if (order === null) return null;
    const { items, ...page } = await pullFeed(createOrderFeed(order.id, caller), { db, after, limit, signal });
    return { ...page, orders: items };
  },
} satisfies QueryResolvers;

/** Mail hosts tell no cases apart in practice, and people type their address in any. */
function foldCase(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}
