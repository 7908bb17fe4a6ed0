import { type PrioritySettings, prioritiesSchema } from '../gateway/overload/priority-settings.ts';

/**
 * Who goes first when more operations come than can run: people stand at a till, and a promise of stock, once begun, is not left half done. `known` are
 * customers, staff and partners. Shares are of what runs at the same time; what a class does not want, the
 * others have, from above. Those of the lower classes are small: what they are owed is taken from tills and checkout.
 * Patience ends well before a person's does, at 2 s: what waits longer is answered too late, and its place is lost.
 */
export const ownPriorities: PrioritySettings = prioritiesSchema.parse([
  { name: 'till', share: 0.5, patienceMs: 1_500 },
  {
    name: 'checkout',
    share: 0.3,
    patienceMs: 1_500,
    fields: ['holdStock', 'extendHold', 'commitHold', 'releaseHold', 'settleAllocation', 'recordStockSale'].map(
      (field) => `Mutation.${field}`,
    ),
    // Who may hold stock at all. Anybody can send such a mutation, and nobody without a name gets anything by it.
    kinds: ['till', 'staff', 'customer', 'partner'],
  },
  { name: 'known', share: 0.1, patienceMs: 800 },
  { name: 'anonymous', share: 0.05, patienceMs: 500 },
  { name: 'explorer', share: 0, patienceMs: 250, clients: ['explorer'] },
]);
