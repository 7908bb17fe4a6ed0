import { objectsOf, type World, type WorldObject } from '../world.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@provides", "@override", "@inaccessible"])`;

/**
 * Slots, crates and movements: compound and nested keys, entities reached only through another key, unions whose members
 * differ between subgraphs, inputs and enums that differ, lists of lists, custom scalars, non-null fields that fail,
 * field names that JavaScript objects inherit.
 */
export const depot: World = {
  name: 'depot',
  subgraphs: [
    {
      name: 'slots',
      sdl: `${link}
        type Query {
          slots(where: SlotWhere): [Slot!]
          slot(code: String!, row: Int!): Slot
          things: [Thing]
          grid: [[Slot]!]
          constructor(valueOf: Int): Maker
          me: Account @shareable
          labelled: [Labelled!]
        }
        type Mutation { addRow(code: String!, input: RowInput!): [Slot!]! fail: Slot! }
        type Slot implements Labelled @key(fields: "site { code } row") @key(fields: "tag") {
          site: Site! row: Int! tag: String kind: SlotKind label: String! size: Size @shareable crates: [Crate!]
        }
        type Site @shareable { code: String! city: String }
        type Size @shareable { w: Float! h: Float }
        type Crate implements Labelled @key(fields: "serial") { serial: ID! label: String! slot: Slot weight: Float fragile: Boolean }
        interface Labelled { label: String! }
        union Thing = Slot | Crate
        type Maker @key(fields: "id") { id: ID! constructor: String toString: Int hasOwnProperty: [String!] }
        type Account @key(fields: "id") { id: ID! name: String @shareable }
        enum SlotKind { FLOOR RACK GHOST @inaccessible }
        input SlotWhere { row: Int kind: SlotKindInput tags: [String!] extra: String @inaccessible }
        enum SlotKindInput { FLOOR RACK }
        input RowInput { row: Int! tag: String = "new" nested: [RowInput!] }`,
    },
    {
      name: 'stock',
      sdl: `${link}
        type Query { crates(ids: [ID!], match: Json): [Crate] goods: [Thing] me: Account @shareable heaviest: Crate! }
        type Mutation { fill(serial: ID!, amount: Int!): Crate }
        type Slot @key(fields: "tag") { tag: String free: Int! capacity(unit: String = "m3"): Float movements(last: Int = 2): [Movement!]! }
        type Crate @key(fields: "serial") {
          serial: ID! weight: Float @external fragile: Boolean @external
          amount: Int contents: [Content] load: Float @requires(fields: "weight fragile")
          holder: Holder parts: [[Part!]]
        }
        type Part @shareable { n: Int }
        union Content = Crate | Liquid | Junk
        type Liquid { litres: Big name: String }
        type Junk @inaccessible { x: Int }
        union Thing = Crate | Liquid
        interface Holder { since: String! }
        type Renter implements Holder @key(fields: "id") { id: ID! since: String! account: Account rating: Int }
        type Thief implements Holder { since: String! mask: Boolean }
        type Account @key(fields: "id") { id: ID! name: String @shareable crates: [Crate!] }
        type Movement @key(fields: "at slotTag") { at: Int! slotTag: String! delta: Int! by: Account! }
        scalar Json
        scalar Big`,
    },
    {
      name: 'audit',
      sdl: `${link}
        type Query { movements: [Movement] thief: Suspect me: Account @shareable }
        type Movement @key(fields: "at slotTag") { at: Int! slotTag: String! note: Json signed: Boolean! audits(deep: DeepInput): [String] }
        type Slot @key(fields: "site { code } row") { site: Site! row: Int! size: Size @external inspected: String volume: Float @requires(fields: "size { w h }") }
        type Site @shareable { code: String! }
        type Size @shareable { w: Float! h: Float }
        type Crate @key(fields: "serial") { serial: ID! suspect: Suspect label: String! @external summary: String @requires(fields: "label")
          holder: Holder @external trace: String @requires(fields: "holder { since ... on Renter { id } ... on Thief { mask } }") }
        interface Holder { since: String! }
        type Thief implements Holder @external { since: String! mask: Boolean }
        union Suspect = Renter | Nobody
        type Renter implements Holder @key(fields: "id") { id: ID! since: String! @external risk: Risk! rating: Int @override(from: "stock") }
        type Nobody { reason: String }
        type Maker @key(fields: "id") { id: ID! valueOf: Float isPrototypeOf: Maker }
        type Account @key(fields: "id") { id: ID! checked: Boolean! }
        enum Risk { LOW HIGH }
        input DeepInput { level: Int = 1 next: DeepInput tags: [[Int]] }
        scalar Json`,
    },
  ],
  createObjects,
  beyondPlanners: [],
  words: ['A', 'B', 'C', 'A0', 'A1', 'C2', 'c1', 'c2', 'c3', 'c4', 'm3'],
  fields: {
    'Query.slots': ({ objects, args }) => {
      const where = args.where as
        | { row?: number | null; kind?: string | null; tags?: string[] | null }
        | null
        | undefined;
      return objectsOf(objects, 'Slot').filter(
        (slot) =>
          (typeof where?.row !== 'number' || slot.row === where.row) &&
          (typeof where?.kind !== 'string' || slot.kind === where.kind) &&
          (!Array.isArray(where?.tags) || where.tags.includes(String(slot.tag))),
      );
    },
    'Query.slot': ({ objects, args }) =>
      objectsOf(objects, 'Slot').find(
        (slot) => (slot.site as { code: string }).code === args.code && slot.row === args.row,
      ) ?? null,
    'Query.things': ({ objects }) => [...objectsOf(objects, 'Slot', 'Crate'), null],
    'Query.goods': ({ objects }) => [
      ...objectsOf(objects, 'Crate').slice(0, 2),
      { __typename: 'Liquid', litres: 1, name: null },
    ],
    'Query.labelled': ({ objects }) => objectsOf(objects, 'Crate', 'Slot'),
    'Query.grid': ({ objects }) => {
      const [a, b] = objectsOf(objects, 'Slot');
      return [[a, null, b], [], [a]];
    },
    'Query.constructor': ({ objects, args }) => (Object.is(args.valueOf, 0) ? null : objectsOf(objects, 'Maker')[0]),
    'Query.me': ({ objects }) => objectsOf(objects, 'Account')[0],
    'Query.crates': ({ objects, args }) =>
      objectsOf(objects, 'Crate')
        .filter(isIn('stock'))
        .filter((crate) => !Array.isArray(args.ids) || args.ids.includes(crate.serial)),
    'Query.heaviest': ({ objects }) => objectsOf(objects, 'Crate')[1],
    'Query.movements': ({ objects }) => [null, ...objectsOf(objects, 'Movement').filter(isIn('audit'))],
    'Query.thief': ({ objects }) => objectsOf(objects, 'Renter')[0],
    'Mutation.addRow': ({ objects, args }) => {
      const input = args.input as { row: number; tag?: string | null };
      const slots = objectsOf(objects, 'Slot').filter((slot) => (slot.site as { code: string }).code === args.code);
      for (const slot of slots) slot.label = `${String(slot.label)}+${input.row}${input.tag ?? ''}`;
      return slots;
    },
    'Mutation.fail': () => new Error('always fails'),
    'Mutation.fill': ({ objects, args }) => {
      const crate = objectsOf(objects, 'Crate')
        .filter(isIn('stock'))
        .find((each) => each.serial === args.serial);
      if (crate) crate.amount = Number(crate.amount ?? 0) + Number(args.amount);
      return crate ?? null;
    },
    'Slot.capacity': ({ object, args }) => (args.unit === 'm3' ? object.space : Number(object.space) * 1000),
    'Slot.movements': ({ object, args }) =>
      Array.isArray(object.moves) ? object.moves.slice(0, Math.max(0, Number(args.last ?? 2))) : object.moves,
    'Slot.volume': ({ read }) => {
      const size = read('size') as { w: number; h: number | null } | null;
      return size === null ? null : size.w * (size.h ?? 1);
    },
    'Crate.load': ({ read }) => Number(read('weight')) * (read('fragile') === true ? 2 : 1),
    'Crate.summary': ({ read }) => `crate ${String(read('label'))}`,
    'Crate.trace': ({ read }) => {
      const holder = read('holder') as { since: string; id?: string; mask?: boolean } | null;
      // Nobody asks for it when stock does not know the crate.
      return holder === null ? null : `${holder.since}/${holder.id ?? ''}/${holder.mask ?? ''}`;
    },
    'Movement.audits': ({ object, args }) => [
      String(object.at),
      args.deep === undefined || args.deep === null ? null : JSON.stringify(sorted(args.deep)),
    ],
  },
};

/** A subgraph never hands out by itself what its reference resolver does not know. */
function isIn(subgraph: string): (object: WorldObject) => boolean {
  return (object) => object.missingIn?.includes(subgraph) !== true;
}

/** Key order is not part of an input object's value. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function createObjects(): WorldObject[] {
  const site = (code: string, city: string | null) => ({ __typename: 'Site', code, city });
  const size = (w: number, h: number | null) => ({ __typename: 'Size', w, h });
  const slot = (code: string, row: number, tag: string | null, rest: Partial<WorldObject>): WorldObject => ({
    __typename: 'Slot',
    site: site(code, code === 'B' ? null : `${code}-city`),
    row,
    tag,
    kind: 'RACK',
    label: `slot ${code}${row}`,
    size: size(row + 1, row === 1 ? null : 2),
    free: 5,
    space: 1.5,
    inspected: `i${code}${row}`,
    ...rest,
  });
  const account = (id: string, rest: Partial<WorldObject>): WorldObject => ({
    __typename: 'Account',
    id,
    name: `n${id}`,
    checked: true,
    ...rest,
  });
  const a1 = account('a1', {});
  const a2 = account('a2', { name: null, checked: new Error('not checked') });
  const a3 = account('a3', { missingIn: ['audit'] });
  const s1 = slot('A', 0, 'A0', {});
  const s2 = slot('A', 1, 'A1', { kind: 'GHOST', free: new Error('free fails') });
  // No tag: stock cannot be asked about it.
  const s3 = slot('B', 0, null, {
    missingIn: ['stock'],
    kind: 'FLOOR',
    size: null,
    free: null,
    space: null,
    moves: null,
  });
  const s4 = slot('B', 1, 'B1', { missingIn: ['stock'], free: null, space: null });
  const s5 = slot('C', 2, 'C2', { missingIn: ['audit'], kind: null });
  const move = (at: number, on: WorldObject, by: WorldObject, rest: Partial<WorldObject> = {}): WorldObject => ({
    __typename: 'Movement',
    at,
    slotTag: on.tag,
    delta: at - 2,
    by,
    note: { a: [1, { b: null }], '"q"': 'é' },
    signed: true,
    ...rest,
  });
  const moves = [
    move(1, s1, a1),
    move(2, s1, a2, { signed: null }),
    move(3, s5, a3, { note: 'plain' }),
    move(4, s1, a1, { missingIn: ['audit'] }),
  ];
  Object.assign(s1, { moves: [moves[0], moves[1], moves[3]] });
  Object.assign(s2, { moves: [] });
  Object.assign(s5, { moves: [moves[2], moves[2]] });
  const crate = (serial: string, on: WorldObject | null, rest: Partial<WorldObject>): WorldObject => ({
    __typename: 'Crate',
    serial,
    label: `crate ${serial}`,
    slot: on,
    weight: 1.25,
    fragile: null,
    amount: 3,
    ...rest,
  });
  const renter: WorldObject = { __typename: 'Renter', id: 'r1', since: '2020', account: a1, risk: 'HIGH', rating: 4 };
  const renter2: WorldObject = {
    __typename: 'Renter',
    id: 'r2',
    since: '2021',
    account: a3,
    risk: new Error('no risk'),
    rating: null,
  };
  const thief = { __typename: 'Thief', since: '1999', mask: true };
  const liquid = { __typename: 'Liquid', litres: 12345678901, name: 'oil' };
  const c1 = crate('c1', s1, {
    fragile: true,
    holder: renter,
    parts: [[{ __typename: 'Part', n: 1 }], null, []],
    suspect: renter,
  });
  const c2 = crate('c2', s3, {
    contents: [c1, liquid, null],
    holder: thief,
    parts: null,
    suspect: { __typename: 'Nobody', reason: 'none' },
  });
  const c3 = crate('c3', null, {
    weight: new Error('no scale'),
    contents: [{ __typename: 'Junk', x: 1 }, liquid],
    holder: renter2,
    suspect: renter2,
    missingIn: ['audit'],
  });
  const c4 = crate('c4', s5, {
    contents: [],
    amount: null,
    holder: null,
    suspect: null,
    label: 'é"\\',
    missingIn: ['stock'],
  });
  Object.assign(s1, { crates: [c1, c2] });
  Object.assign(s2, { crates: null });
  Object.assign(s3, { crates: [c3] });
  Object.assign(s4, { crates: [] });
  Object.assign(s5, { crates: [c4, c1] });
  Object.assign(a1, { crates: [c1, c2, c1] });
  Object.assign(a3, { crates: [c1] });
  const maker: WorldObject = {
    __typename: 'Maker',
    id: 'm1',
    constructor: 'Ford',
    toString: 5,
    hasOwnProperty: null,
    valueOf: 0.5,
    isPrototypeOf: null,
  };
  Object.assign(maker, { isPrototypeOf: maker });
  return [s1, s2, s3, s4, s5, c1, c2, c3, c4, a1, a2, a3, ...moves, renter, renter2, maker];
}
