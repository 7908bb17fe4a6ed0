import { readReferenceKey } from '../../shared/reference-key.ts';
import { mayReadCustomer } from '../may-read.ts';
import { readTimeline } from '../read-timeline.ts';
import type { CustomerResolvers } from '../resolver-types.generated.ts';

export const customerResolvers = {
  async __resolveReference({ id }, { loaders, caller }) {
    const key = readReferenceKey(id);
    const customer = key === undefined ? undefined : await loaders.customer.load(key);
    return customer !== undefined && (await mayReadCustomer(caller, customer, loaders)) ? customer : null;
  },
  identities: ({ id }, _args, { loaders }) => loaders.identities.load(id),
  timeline: ({ id }, page, { loaders }) => readTimeline(loaders, id, page),
} satisfies CustomerResolvers;
