import { type DocumentAttack, documentAttacks } from '../gateway/transport/document-attacks.ts';

const hidden = { codes: ['INTROSPECTION_DISABLED'] };
const invalid = { codes: ['GRAPHQL_VALIDATION_FAILED'] };

/** Documents of A61–A63, against a gateway that shows nobody its schema. */
const leakAttacks: readonly DocumentAttack[] = [
  { id: 'A61', name: '__schema', query: '{ __schema { types { name } } }', verdict: hidden },
  { id: 'A61', name: '__type', query: '{ __type(name: "User") { fields { name } } }', verdict: hidden },
  { id: 'A61', name: 'under an alias', query: '{ x: __schema { queryType { name } } }', verdict: hidden },
  {
    id: 'A61',
    name: 'in a fragment',
    query: '{ ...F } fragment F on Query { __schema { types { name } } }',
    verdict: hidden,
  },
  {
    id: 'A61',
    name: 'in an operation that is not chosen',
    query: 'query A { __typename } query B { __schema { types { name } } }',
    operationName: 'A',
    verdict: hidden,
  },
  ...[
    ['a misspelt field', '{ mee { name } }'],
    ['a misspelt enum value', '{ echo(role: READR) }'],
    ['a misspelt argument', '{ echo(txt: "a") }'],
    ['a misspelt type', '{ me { ... on Usr { name } } }'],
    ['a misspelt input type', 'query ($r: Rol) { echo(role: $r) }'],
    ['a missing selection', '{ me }'],
    ['a missing argument', '{ slow }'],
  ].map(([name = '', query = '']) => ({ id: 'A62', name, query, verdict: invalid })),
  {
    id: 'A62',
    name: 'a misspelt enum value in a variable',
    query: 'query ($r: Role) { echo(role: $r) }',
    variables: '{"r":"READR"}',
    verdict: { codes: ['BAD_USER_INPUT'] },
  },
  { id: 'A63', name: '_service', query: '{ _service { sdl } }', verdict: invalid },
  {
    id: 'A63',
    name: '_entities',
    query: '{ _entities(representations: [{ __typename: "User", id: "1" }]) { __typename } }',
    verdict: invalid,
  },
];

/** Documents that all ways are tried with; those that speak of introspection are refused here for that, whatever else they are. */
export const attacks: readonly DocumentAttack[] = [
  ...documentAttacks.map((attack) => (attack.id === 'A17' ? { ...attack, verdict: hidden } : attack)),
  ...leakAttacks,
];
