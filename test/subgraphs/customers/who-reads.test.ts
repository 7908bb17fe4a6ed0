import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomersSubgraph } from '../../../subgraphs/customers/subgraph.ts';
import { type Caller, nobody } from '../../../subgraphs/shared/caller.ts';
import { createCaller, customerCalled, partnerOn, tillAt } from '../../support/callers.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addCustomer, addInteraction } from './people.ts';

let customers: OpenSubgraph<'customers'>;
beforeAll(async () => {
  customers = await openSubgraph('customers', createCustomersSubgraph);
  await addCustomer(customers.db, 'ann');
  await addCustomer(customers.db, 'ann-before', 'ann');
  await addCustomer(customers.db, 'bob');
  const identity = { kind: 'EMAIL' as const, value: 'ann@example.com', source: 'test', verified: true };
  await customers.db
    .insertInto('customer_identity')
    .values({ customer_id: 'ann', ...identity })
    .execute();
  await addInteraction(customers.db, 'ann', 'web', '2011-03-01T00:00:00Z');
});
afterAll(() => customers.close());

const query = `query ($references: [_Any!]!) {
  me { id }
  byId: customer(id: "ann") { id }
  old: customer(id: "ann-before") { id }
  byEmail: customer(email: "ann@example.com") { id }
  bob: customer(id: "bob") { id }
  _entities(representations: $references) {
    ... on Customer { displayName identities { value } timeline { nodes { summary } } }
    ... on Channel { customers(from: "2011-01-01", to: "2011-12-31") { new } }
  }
}`;

async function seenBy(caller: Caller) {
  const references = [
    { __typename: 'Customer', id: 'ann' },
    { __typename: 'Customer', id: 'nobody' },
    { __typename: 'Channel', id: 'web' },
  ];
  const { _entities, ...roots } = await customers
    .as(caller)
    .ask<Record<string, { id: string } | null> & { _entities: readonly unknown[] }>(query, { references });
  const ids = Object.fromEntries(Object.entries(roots).map(([alias, found]) => [alias, found?.id]));
  return { ...ids, entities: _entities.map((each) => JSON.stringify(each)) };
}

const profile = expect.stringContaining('ann@example.com');
const none = { me: undefined, byId: undefined, old: undefined, byEmail: undefined, bob: undefined };

test('staff by scope, and services, find everybody', async () => {
  for (const caller of [createCaller('staff', {}, ['customers:read']), createCaller('service')]) {
    expect(await seenBy(caller)).toEqual({
      me: undefined,
      byId: 'ann',
      old: 'ann',
      byEmail: 'ann',
      bob: 'bob',
      entities: [profile, 'null', '{"customers":{"new":1}}'],
    });
  }
});

test('a customer finds themselves, also by a token of a profile that was merged', async () => {
  for (const id of ['ann', 'ann-before']) {
    expect(await seenBy(customerCalled(id))).toEqual({
      me: 'ann',
      byId: 'ann',
      old: 'ann',
      byEmail: 'ann',
      bob: undefined,
      entities: [profile, 'null', '{"customers":null}'],
    });
  }
  expect(await seenBy(customerCalled('bob'))).toEqual({
    ...none,
    me: 'bob',
    bob: 'bob',
    entities: ['null', 'null', '{"customers":null}'],
  });
});

test.each<[string, Caller]>([
  ['nobody', nobody],
  ['a partner', partnerOn('web')],
  ['a till', tillAt('camden')],
  ['a customer who is gone', customerCalled('gone')],
  ['staff for orders', createCaller('staff', { customer: 'ann' }, ['orders:read', 'orders:write', 'stock:read'])],
  ['a till that claims a scope of staff', createCaller('till', { customer: 'ann' }, ['customers:read'])],
])('%s finds nobody', async (_who, caller) => {
  expect(await seenBy(caller)).toEqual({ ...none, entities: ['null', 'null', '{"customers":null}'] });
});
