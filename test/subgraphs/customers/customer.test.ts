import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCustomersSubgraph } from '../../../subgraphs/customers/subgraph.ts';
import { type OpenSubgraph, openSubgraph } from '../../support/open-subgraph.ts';
import { addCustomer, addInteraction } from './people.ts';

let customers: OpenSubgraph<'customers'>;
beforeAll(async () => {
  customers = await openSubgraph('customers', createCustomersSubgraph);
  const { db } = customers;
  for (const id of ['ann', 'bob', 'cat']) await addCustomer(db, id);
  await addCustomer(db, 'ann2', 'ann');
  await addCustomer(db, 'ann3', 'ann2');
  const identity = { source: 'web', verified: false };
  await db
    .insertInto('customer_identity')
    .values([
      { ...identity, customer_id: 'ann', kind: 'EMAIL', value: 'ann@example.test', verified: true },
      { ...identity, customer_id: 'bob', kind: 'EMAIL', value: 'ann@example.test', source: 'pos' },
      { ...identity, customer_id: 'ann3', kind: 'EMAIL', value: 'old@example.test' },
      { ...identity, customer_id: 'bob', kind: 'EXTERNAL_ID', value: '17850', source: 'uci' },
      { ...identity, customer_id: 'cat', kind: 'EXTERNAL_ID', value: '17850', source: 'ikea' },
    ])
    .execute();
});
afterAll(() => customers.close());

const findId = async (args: string) =>
  (await customers.ask<{ readonly customer: { readonly id: string } | null }>(`{ customer(${args}) { id } }`)).customer
    ?.id;

describe('a customer', () => {
  it.each([
    ['id: "bob"', 'bob'],
    ['id: "ann2"', 'ann'],
    ['id: "ann3"', 'ann'],
    ['id: "none"', undefined],
    ['id: ""', undefined],
    ['email: "ann@example.test"', 'ann'],
    ['email: "  Ann@Example.TEST "', 'ann'],
    ['email: "old@example.test"', 'ann'],
    ['email: "none@example.test"', undefined],
    ['externalId: {source: "uci", value: "17850"}', 'bob'],
    ['externalId: {source: "ikea", value: "17850"}', 'cat'],
    ['externalId: {source: "none", value: "17850"}', undefined],
  ])('by %s is %s', async (args, id) => {
    expect(await findId(args)).toBe(id);
  });

  it('is refused without exactly one name', async () => {
    for (const args of [
      '',
      '(id: "ann", email: "x")',
      '(id: null)',
      '(id: "\\u0000")',
      '(email: "\\u0000")',
      '(externalId: {source: "\\u0000", value: "1"})',
    ]) {
      const errors = await customers.askForErrors(`{ customer${args} { id } }`);
      expect(errors, args).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('that would be merged in a circle is nobody, and the question ends', async () => {
    await sql`insert into customer (id, display_name) values ('x', 'X'), ('y', 'Y')`.execute(customers.db);
    await sql`update customer set merged_into = case id when 'x' then 'y' else 'x' end where id in ('x', 'y')`.execute(
      customers.db,
    );
    expect(await findId('id: "x"')).toBeUndefined();
    await sql`delete from customer where id in ('x', 'y')`.execute(customers.db);
  });

  it('is known by the names of all profiles merged into theirs', async () => {
    expect(
      await customers.ask(
        '{ customer(id: "ann3") { displayName countryCode identities { kind value source verified } } }',
      ),
    ).toEqual({
      customer: {
        displayName: 'Customer ann',
        countryCode: 'GB',
        identities: [
          { kind: 'EMAIL', value: 'ann@example.test', source: 'web', verified: true },
          { kind: 'EMAIL', value: 'old@example.test', source: 'web', verified: false },
        ],
      },
    });
  });

  it('is resolved as a reference, in one statement for many, also by an old id', async () => {
    const query =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { id identities { value } } } }';
    const ids = ['ann', 'ann3', 'none', 'bob', null, 7, '\ud800'];
    const of = ids.map((id) => ({ __typename: 'Customer', id }));
    expect(await customers.ask<{ readonly _entities: unknown }>(query, { of })).toMatchObject({
      _entities: [{ id: 'ann' }, { id: 'ann' }, null, { id: 'bob' }, null, null, null],
    });
    expect(await customers.countStatements(query, { of })).toBe(2);
  });
});

interface Timeline {
  readonly customer: {
    readonly timeline: {
      readonly nodes: readonly { readonly at: string; readonly summary: string }[];
      readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    };
  };
}

describe('a timeline', () => {
  beforeAll(async () => {
    for (let n = 0; n < 24; n += 1) {
      const owner = ['cat', 'cat2', 'cat3'][n % 3] ?? '';
      if (n < 3 && owner !== 'cat') await addCustomer(customers.db, owner, 'cat');
      // Four at each instant, and instants a microsecond apart.
      await addInteraction(customers.db, owner, 'web', '2024-05-06T07:08:09Z', n % 5 === 0 ? 'RETURNED' : 'ORDERED');
    }
    await sql`update interaction set occurred_at = occurred_at + (id / 4) * interval '1 microsecond'`.execute(
      customers.db,
    );
  });

  const query = `query ($first: Int, $after: String) { customer(id: "cat") { timeline(first: $first, after: $after) {
    nodes { at kind summary channel { id } } pageInfo { endCursor hasNextPage } } } }`;

  it.each([1, 3, 4, 7, 23, 24, 100])(
    'gives everything of all merged profiles once, %i at a time, the latest first',
    async (first) => {
      const { rows } = await sql<{
        summary: string;
      }>`select summary from interaction order by occurred_at desc, id desc`.execute(customers.db);
      const read: string[] = [];
      for (let after: string | null = null; ; ) {
        const { timeline }: Timeline['customer'] = (await customers.ask<Timeline>(query, { first, after })).customer;
        read.push(...timeline.nodes.map((node) => node.summary));
        if (!timeline.pageInfo.hasNextPage) break;
        after = timeline.pageInfo.endCursor;
      }
      expect(read).toEqual(rows.map((row) => row.summary));
    },
  );

  it('costs one statement for any number of customers', async () => {
    const entities = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { a: timeline(first: 2) { nodes { at } }
      b: timeline(first: 9) { nodes { at } } } } }`;
    const of = ['ann', 'bob', 'cat'].map((id) => ({ __typename: 'Customer', id }));
    expect(await customers.countStatements(entities, { of })).toBe(2);
  });

  it('is empty for who did nothing, and refuses bad sizes and cursors', async () => {
    expect(await customers.ask('{ customer(id: "bob") { timeline { nodes { at } pageInfo { endCursor } } } }')).toEqual(
      {
        customer: { timeline: { nodes: [], pageInfo: { endCursor: null } } },
      },
    );
    const forged = [
      'x',
      ...[
        ['timeline', 0.5, 1],
        ['timeline', 1e300, 1],
        ['timeline', 1, 0.5],
        ['timeline', 1, '1'],
        ['products', 1, 1],
      ].map(encode),
    ];
    for (const variables of [...forged.map((after) => ({ after })), { first: 0 }, { first: 101 }]) {
      const errors = await customers.askForErrors(query, variables);
      expect(errors, JSON.stringify(variables)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
});
