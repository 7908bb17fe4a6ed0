import DataLoader from 'dataloader';
import { createKeyedLoader } from '../shared/keyed-loader.ts';
import type { CustomerParent, InteractionParent } from './parents.ts';
import { type ChannelTime, countChannelCustomers } from './queries/count-channel-customers.ts';
import { findCustomerIds, type IdentityKey } from './queries/find-customer-ids.ts';
import { findCustomers } from './queries/find-customers.ts';
import { listIdentities } from './queries/list-identities.ts';
import { type InteractionsKey, listInteractions } from './queries/list-interactions.ts';
import type { Reader } from './reader.ts';
import type { ChannelCustomers } from './resolver-types.generated.ts';

/** The loaders of one request: they remember what was read, so they must not outlive it. */
export type Loaders = ReturnType<typeof createLoaders>;

/** Loaders over a database: each asks one statement for all that a level of the query wants, whatever the arguments. */
export function createLoaders(reader: Reader) {
  return {
    customer: new DataLoader<string, CustomerParent | undefined>((ids) => findCustomers(reader, ids)),
    customerId: createKeyedLoader<IdentityKey, string | undefined>((keys) => findCustomerIds(reader, keys)),
    identities: new DataLoader((ids: readonly string[]) => listIdentities(reader, ids)),
    interactions: createKeyedLoader<InteractionsKey, readonly InteractionParent[]>((keys) =>
      listInteractions(reader, keys),
    ),
    channelCustomers: createKeyedLoader<ChannelTime, ChannelCustomers>((keys) => countChannelCustomers(reader, keys)),
  };
}
