import { readIdentity } from '../read-identity.ts';
import type { QueryResolvers } from '../resolver-types.generated.ts';

export const queryResolvers = {
  async customer(_parent, args, { loaders }) {
    const asked = readIdentity(args);
    const id = 'id' in asked ? asked.id : await loaders.customerId.load(asked);
    return id === undefined ? null : ((await loaders.customer.load(id)) ?? null);
  },
} satisfies QueryResolvers;
