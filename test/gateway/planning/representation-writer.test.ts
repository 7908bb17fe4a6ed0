import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { keyFieldsIn } from '../../../gateway/planning/entity-keys.ts';
import type { RequiredSelection } from '../../../gateway/planning/plan-node.ts';
import { compileRepresentationWriter } from '../../../gateway/planning/representation-writer.ts';
import { markUnknown } from '../../../gateway/planning/unknown-entities.ts';

const schema = buildSchema(`
  directive @join__graph(name: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT
  enum join__Graph { AUDIT @join__graph(name: "audit") STOCK_1 @join__graph(name: "stock") }
  type Query { crates: [Crate] }
  type Crate @join__type(graph: AUDIT, key: "serial") @join__type(graph: AUDIT, key: "site { tag }") @join__type(graph: STOCK_1, key: "label") {
    serial: ID label: String weight: Int! site: Site holder: Holder
  }
  type Site { tag: String city: String }
  type Holder { since: String }
`);

const field = (name: string, ...selections: RequiredSelection[]): RequiredSelection => ({
  kind: 'field',
  name,
  responseKey: name,
  selections: selections.length > 0 ? selections : undefined,
});

const nulls = { serial: null, label: null, weight: null, site: null, holder: null };

test.each<[string, RequiredSelection, string | undefined]>([
  ['may be null', field('label'), '{"__typename":"Crate","label":null}'],
  ['is an object that may be null', field('holder', field('since')), '{"__typename":"Crate","holder":null}'],
  ['must not be null', field('weight'), undefined],
  ['is a key of the subgraph that is asked', field('serial'), undefined],
  ['has a key of the subgraph that is asked', field('site', field('tag')), undefined],
])('a missing field that %s', (_name, required, expected) => {
  const requires = [field('__typename'), required];
  const writer = compileRepresentationWriter(requires, [], schema, keyFieldsIn(schema, 'audit')).forType('Crate');
  const crate = { __typename: 'Crate' };
  // Its fetch failed: nobody is asked.
  expect(writer?.write(crate)).toBeUndefined();
  markUnknown(crate);
  expect(writer?.write(crate)).toBe(expected);
  // A null that a subgraph gave is sent as it is.
  expect(writer?.write({ ...crate, ...nulls })).toBe(`{"__typename":"Crate","${nameOf(required)}":null}`);
});

function nameOf(selection: RequiredSelection): string {
  return selection.kind === 'field' ? selection.name : '';
}

test('the keys of one subgraph are not those of another', () => {
  expect([...keyFieldsIn(schema, 'stock')('Crate')]).toEqual(['label']);
  expect([...keyFieldsIn(schema, 'audit')('Crate')]).toEqual(['serial', 'site', 'tag']);
  expect([...keyFieldsIn(schema, 'audit')('Nobody')]).toEqual([]);
});

test('what is written does not change when a writer is used often', () => {
  const requires = [
    field('__typename'),
    field('serial'),
    field('label'),
    field('weight'),
    field('holder', field('since')),
    field('toString'),
  ];
  const makeWriter = () =>
    compileRepresentationWriter(requires, [], schema, keyFieldsIn(schema, 'audit')).forType('Crate');
  const often = makeWriter();
  const plain = { __typename: 'Crate', serial: '1', label: 'l', weight: 1, holder: null, toString: 1 };
  for (let run = 0; run < 1_000; run++) often?.write(plain);
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.integer(),
    fc.constantFrom(null, undefined, true, -0),
  );
  const crate = fc.record(
    {
      serial: value,
      label: value,
      weight: value,
      holder: fc.oneof(value, fc.record({ since: value })),
      toString: value,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(crate, fc.boolean(), (keys, isUnknown) => {
      const object = { __typename: 'Crate', ...keys };
      if (isUnknown) markUnknown(object);
      const seldom = makeWriter();
      expect(often?.write(object)).toBe(seldom?.write(object));
    }),
  );
});
