import { mayReadCustomer, ownCustomerId } from '../may-read.ts';
import { readIdentity } from '../read-identity.ts';
import type { QueryResolvers } from '../resolver-types.generated.ts';

export const queryResolvers = {
  async me(_parent, _args, { loaders, caller }) {
    const id = ownCustomerId(caller);
    return id === undefined ? null : ((await loaders.customer.load(id)) ?? null);
  },

  async customer(_parent, args, { loaders, caller }) {
    const asked = readIdentity(args);
    const id = 'id' in asked ? asked.id : await loaders.customerId.load(asked);
    const customer = id === undefined ? undefined : await loaders.customer.load(id);
    return customer !== undefined && (await mayReadCustomer(caller, customer, loaders)) ? customer : null;
  },
} satisfies QueryResolvers;
