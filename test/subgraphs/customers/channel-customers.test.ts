import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCustomersSubgraph } from '../../../subgraphs/customers/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addCustomer, addInteraction } from './people.ts';

let customers: OpenSubgraph<'customers'>;
beforeAll(async () => {
  customers = await openSubgraph('customers', createCustomersSubgraph);
});
afterAll(() => customers.close());
beforeEach(async () => {
  await customers.db.deleteFrom('interaction').execute();
  await customers.db.deleteFrom('customer').execute();
});

interface Figures {
  readonly new: number;
  readonly returning: number;
  readonly crossChannel: number;
}

const query = `query ($of: [_Any!]!, $from: Date!, $to: Date!) { _entities(representations: $of) { ... on Channel {
  customers(from: $from, to: $to) { new returning crossChannel } } } }`;
const read = async (channels: readonly string[], from: string, to: string) => {
  const of = channels.map((id) => ({ __typename: 'Channel', id }));
  const { _entities } = await customers.ask<{ readonly _entities: readonly { readonly customers: Figures }[] }>(query, {
    of,
    from,
    to,
  });
  return _entities.map((channel) => channel.customers);
};

describe('the customers of a channel', () => {
  it('are new when their first order ever lies in the time, wherever it was placed', async () => {
    const { db } = customers;
    for (const id of ['new', 'old', 'elsewhere', 'twice', 'returner', 'later']) await addCustomer(db, id);
    await addInteraction(db, 'new', 'web', '2024-02-01T00:00:00Z');
    await addInteraction(db, 'old', 'web', '2024-01-31T23:59:59.999Z');
    await addInteraction(db, 'old', 'web', '2024-02-29T23:59:59.999Z');
    // Ordered before on another channel: returning, and on two channels.
    await addInteraction(db, 'elsewhere', 'pos', '2024-01-01T12:00:00Z');
    await addInteraction(db, 'elsewhere', 'web', '2024-02-02T12:00:00Z');
    // New, and on two channels within the time.
    await addInteraction(db, 'twice', 'pos', '2024-02-03T12:00:00Z');
    await addInteraction(db, 'twice', 'web', '2024-02-04T12:00:00Z');
    // Who only brings something back has not bought.
    await addInteraction(db, 'returner', 'web', '2024-02-05T12:00:00Z', 'RETURNED');
    // What comes after the time does not count in it.
    await addInteraction(db, 'new', 'pos', '2024-03-01T00:00:00Z');
    await addInteraction(db, 'later', 'web', '2024-03-01T00:00:00Z');
    expect(await read(['web', 'pos', 'fax'], '2024-02-01', '2024-02-29')).toEqual([
      { new: 2, returning: 2, crossChannel: 2 },
      { new: 1, returning: 0, crossChannel: 1 },
      { new: 0, returning: 0, crossChannel: 0 },
    ]);
  });

  it('are one person when their profiles were merged', async () => {
    const { db } = customers;
    await addCustomer(db, 'kept');
    await addCustomer(db, 'once', 'kept');
    await addCustomer(db, 'before', 'once');
    await addInteraction(db, 'before', 'pos', '2024-01-01T00:00:00Z');
    await addInteraction(db, 'once', 'web', '2024-02-01T00:00:00Z');
    await addInteraction(db, 'kept', 'web', '2024-02-02T00:00:00Z');
    expect(await read(['web'], '2024-02-01', '2024-02-29')).toEqual([{ new: 0, returning: 1, crossChannel: 1 }]);
  });

  it('cost one statement for all channels and times', async () => {
    const of = ['web', 'app', 'pos'].map((id) => ({ __typename: 'Channel', id }));
    const both = query.replace(
      'returning crossChannel }',
      'returning } more: customers(from: "2020-01-01", to: $to) { new }',
    );
    expect(await customers.countStatements(both, { of, from: '2024-02-01', to: '2024-02-29' })).toBe(1);
  });

  it('are what counting by hand gives', async () => {
    const { db } = customers;
    const people = ['a', 'b', 'c', 'd'];
    await addCustomer(db, 'a');
    await addCustomer(db, 'b');
    await addCustomer(db, 'c', 'a');
    await addCustomer(db, 'd', 'c');
    const keptOf = (id: string) => (id === 'b' ? 'b' : 'a');
    const day = fc.integer({ min: 1, max: 9 });
    const order = fc.record({ who: fc.constantFrom(...people), channel: fc.constantFrom('web', 'pos', 'app'), day });
    await fc.assert(
      fc.asyncProperty(fc.array(order, { maxLength: 12 }), day, day, async (orders, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        await db.deleteFrom('interaction').execute();
        for (const { who, channel, day: on } of orders)
          await addInteraction(db, who, channel, `2024-01-0${on}T12:00:00Z`);
        const expected = ['web', 'pos', 'app'].map((channel) => {
          const figures = { new: 0, returning: 0, crossChannel: 0 };
          for (const person of ['a', 'b']) {
            const past = orders.filter((each) => keptOf(each.who) === person && each.day <= to);
            if (!past.some((each) => each.channel === channel && each.day >= from)) continue;
            figures[past.some((each) => each.day < from) ? 'returning' : 'new'] += 1;
            if (new Set(past.map((each) => each.channel)).size > 1) figures.crossChannel += 1;
          }
          return figures;
        });
        expect(await read(['web', 'pos', 'app'], `2024-01-0${from}`, `2024-01-0${to}`)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['2024-02-02', '2024-02-01'],
    ['2014-02-01', '2024-02-02'],
    ['2024-02-30', '2024-03-01'],
    ['0000-00-00', '2024-03-01'],
  ])('are refused from %s to %s', async (from, to) => {
    const errors = await customers.askForErrors(query, { of: [{ __typename: 'Channel', id: 'web' }], from, to });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it.each([
    ['2014-02-01', '2024-02-01'],
    ['2024-02-29', '2024-02-29'],
    ['0000-01-01', '0000-12-31'],
    ['9999-12-31', '9999-12-31'],
  ])('are counted from %s to %s', async (from, to) => {
    expect(await read(['web', 'none', ''], from, to)).toHaveLength(3);
  });

  it('are nobody’s for a channel whose id cannot be', async () => {
    const of = ['\u0000', null, 7].map((id) => ({ __typename: 'Channel', id }));
    expect(await customers.ask(query, { of, from: '2024-01-01', to: '2024-01-02' })).toEqual({
      _entities: [null, null, null],
    });
  });
});
