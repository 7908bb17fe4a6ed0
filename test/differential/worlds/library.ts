import { objectsOf, type World, type WorldObject } from '../world.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@interfaceObject",
  "@external", "@requires", "@provides", "@override", "@inaccessible", "@tag"])`;

/**
 * Works, people and what others say of them: interface entities with two @interfaceObject subgraphs, keys by nested objects,
 * @requires with arguments, @provides, a progressive @override, a federation-1 subgraph, unions and enums that differ.
 */
export const library: World = {
  name: 'library',
  subgraphs: [
    {
      name: 'works',
      sdl: `${link}
        type Query {
          works(first: Int = 4, kind: Kind): [Work!]!
          work(id: ID!): Work
          book(isbn: String!): Book
          search(text: String): [Hit]
          nodes: [Node]
          clock: Clock! @shareable
          broken: Work
        }
        type Mutation { retitle(id: ID!, title: String!): Work lend(id: ID!): Int! }
        interface Node { id: ID! }
        interface Work implements Node @key(fields: "id") {
          id: ID! title(style: Style = PLAIN): String! sequel: Work language: Language lent: Int!
        }
        type Book implements Work & Node @key(fields: "id") @key(fields: "isbn") {
          id: ID! isbn: String title(style: Style = PLAIN): String! sequel: Work language: Language lent: Int!
          pages: Int weight(unit: Unit = GRAM): Int dimensions: Dimensions
          author: Person @provides(fields: "name { first }")
        }
        type Film implements Work & Node @key(fields: "id") {
          id: ID! title(style: Style = PLAIN): String! sequel: Work language: Language lent: Int!
          minutes: Int author: Person cast: [Person!]
        }
        type Song implements Work & Node @key(fields: "id") {
          id: ID! title(style: Style = PLAIN): String! sequel: Work language: Language lent: Int!
          seconds: Int! author: Artist
        }
        type Hidden implements Node @inaccessible { id: ID! secret: String }
        type Dimensions @shareable { width: Int height: Int parts: [Part!] }
        type Part @shareable { size: Int }
        union Hit = Book | Film | Person
        union Artist = Person | Band
        type Band @key(fields: "id", resolvable: false) { id: ID! }
        type Person @key(fields: "id") { id: ID! name: Name @external }
        type Name { first: String! @external }
        type Clock @shareable { hour: Int! }
        enum Kind { BOOK FILM SONG }
        enum Style { PLAIN LOUD }
        enum Unit { GRAM KILO }
        enum Language { EN DE SECRET @inaccessible }`,
    },
    {
      name: 'people',
      sdl: `${link}
        type Query {
          people(ids: [ID!], filter: PersonFilter): [Person]
          person(name: NameInput!): Person
          clock: Clock! @shareable
        }
        type Mutation { befriend(one: ID!, other: ID!): [Person!] }
        interface Node { id: ID! }
        type Person implements Node @key(fields: "id") @key(fields: "name { first last }") {
          id: ID! name: Name @shareable age: Int! nick: String born: Day
          friends(first: Int): [Person!] favourite: Work mood: Mood
        }
        type Band implements Node @key(fields: "id") { id: ID! name: String! members: [Person] }
        type Name @shareable { first: String! last: String! }
        type Clock @shareable { hour: Int! }
        type Work @key(fields: "id") @interfaceObject { id: ID! fans(first: Int = 2): [Person!] }
        input PersonFilter { minAge: Int = 0 nick: String mood: Mood secret: Int @inaccessible }
        input NameInput { first: String! last: String! }
        enum Mood { HAPPY SAD }
        scalar Day`,
    },
    {
      name: 'ratings',
      sdl: `${link}
        type Query { top(first: Int! = 3): [Work] reviews: [Review!]! clock: Clock! @shareable }
        type Mutation { rate(id: ID!, stars: Int!): Review }
        type Clock @shareable { hour: Int! }
        type Work @key(fields: "id") @interfaceObject {
          id: ID! title(style: Style): String! @external rating: Float reviews: [Review!]! verdict: String @requires(fields: "title(style: LOUD)")
        }
        type Review @key(fields: "id") { id: ID! stars: Int! text: String by: Person! of: Work! }
        type Person @key(fields: "id") { id: ID! reviews: [Review!]! }
        enum Style { PLAIN LOUD }`,
    },
    {
      name: 'press',
      sdl: `${link}
        type Query { articles: [Article] }
        interface Piece { headline: String! about: Person }
        type Article implements Piece { headline: String! about: Person words: Int }
        type Interview implements Piece { headline: String! about: Person questions: [[String!]] }
        type Person @key(fields: "name { first last }") { name: Name @shareable age: Int! @external pieces: [Piece!] fame: Int @requires(fields: "age") }
        type Name @shareable { first: String! last: String! }
        type Film @key(fields: "id") { id: ID! minutes: Int @override(from: "works", label: "percent(50)") critics: [Critic] }
        union Critic = Person | Robot
        type Robot { model: String! }`,
    },
    {
      name: 'shipping',
      sdl: `
        extend type Book @key(fields: "isbn") {
          isbn: String @external
          weight(unit: Unit): Int @external
          dimensions: Dimensions @external
          shipping(express: Boolean = false): Int @requires(fields: "weight(unit: KILO) dimensions { width height parts { size } }")
        }
        type Dimensions { width: Int height: Int parts: [Part!] }
        type Part { size: Int }
        extend type Query { shippable: [Book!] }
        enum Unit { GRAM KILO }`,
    },
  ],
  createObjects,
  // A @requires on a field of an @interfaceObject: the native planner refuses most operations with it, Apollo's fills its memory over
  // some and mixes up the required fields of others. Plain uses work, by either.
  beyondPlanners: ['verdict'],
  words: ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'p1', 'p2', 'p5', '111', 'odd', 'Ann', 'Archer'],
  fields: {
    'Query.works': ({ objects, args }) =>
      works(objects)
        .filter((work) => args.kind === undefined || args.kind === null || work.__typename.toUpperCase() === args.kind)
        .slice(0, Math.max(0, Number(args.first ?? 4))),
    'Query.work': ({ objects, args }) => byId(works(objects), args.id) ?? null,
    'Query.book': ({ objects, args }) => objectsOf(objects, 'Book').find((book) => book.isbn === args.isbn) ?? null,
    'Query.search': ({ objects, args }) =>
      [...objectsOf(objects, 'Book', 'Film', 'Person'), null].filter(
        (_hit, index) => args.text !== 'odd' || index % 2 === 1,
      ),
    'Query.nodes': ({ objects }) => [...works(objects).slice(0, 3), null, ...objectsOf(objects, 'Hidden')],
    'Query.clock': () => ({ __typename: 'Clock', hour: 7 }),
    'Query.broken': () => new Error('broken on purpose'),
    'Query.people': ({ objects, args }) => {
      const filter = args.filter as { minAge?: number; nick?: string | null; mood?: string | null } | null | undefined;
      return objectsOf(objects, 'Person').filter(
        (person) =>
          person.missingIn?.includes('people') !== true &&
          (!Array.isArray(args.ids) || args.ids.includes(person.id)) &&
          Number(person.age) >= (filter?.minAge ?? 0) &&
          (filter?.nick === undefined || filter.nick === null || person.nick === filter.nick),
      );
    },
    'Query.person': ({ objects, args }) => {
      const name = args.name as { first: string; last: string };
      return (
        objectsOf(objects, 'Person').find((person) => {
          const own = person.name as { first: string; last: string } | null;
          return own?.first === name.first && own.last === name.last;
        }) ?? null
      );
    },
    'Query.top': ({ objects, args }) => [...works(objects).slice(1, 1 + Math.max(0, Number(args.first))), null],
    'Query.reviews': ({ objects }) => objectsOf(objects, 'Review'),
    'Query.articles': ({ objects }) => [...objectsOf(objects, 'Article'), null],
    'Query.shippable': ({ objects }) => objectsOf(objects, 'Book').filter((book) => book.isbn !== null),
    'Mutation.retitle': ({ objects, args }) => {
      const work = byId(works(objects), args.id);
      if (work) work.plainTitle = args.title;
      return work ?? null;
    },
    'Mutation.lend': ({ objects, args }) => {
      const work = byId(works(objects), args.id);
      if (!work) return new Error('no such work');
      work.lent = work.lent instanceof Error ? 1 : Number(work.lent) + 1;
      return work.lent;
    },
    'Mutation.befriend': ({ objects, args }) => {
      const people = objectsOf(objects, 'Person').filter((person) => person.missingIn?.includes('people') !== true);
      const one = byId(people, args.one);
      const other = byId(people, args.other);
      if (one === undefined || other === undefined) return null;
      one.friends = [...(one.friends as WorldObject[]), other];
      return [one, other];
    },
    'Mutation.rate': ({ objects, args }) => {
      const review = objectsOf(objects, 'Review').find((each) => (each.of as WorldObject).id === args.id);
      if (review) review.stars = Number(args.stars);
      return review ?? null;
    },
    '*.title': ({ object, args }) =>
      args.style === 'LOUD' && typeof object.plainTitle === 'string'
        ? object.plainTitle.toUpperCase()
        : object.plainTitle,
    'Book.weight': ({ object, args }) =>
      typeof object.grams === 'number' && args.unit === 'KILO' ? Math.round(object.grams / 1000) : object.grams,
    'Book.shipping': ({ read, args }) => {
      const weight = read('weight', { unit: 'KILO' });
      const dimensions = read('dimensions') as { width?: number; height?: number; parts?: { size?: number }[] } | null;
      if (weight === null || weight === undefined) return null;
      const parts = (dimensions?.parts ?? []).reduce((sum, part) => sum + (part.size ?? 1000), 0);
      return (
        Number(weight) * 1000 + (dimensions?.width ?? 0) * (dimensions?.height ?? 0) + parts + (args.express ? 1 : 0)
      );
    },
    '*.rating': ({ objects, object }) => {
      const stars = reviewsOf(objects, object).map((review) => Number(review.stars));
      return stars.length === 0 ? null : stars.reduce((a, b) => a + b) / stars.length;
    },
    'Person.reviews': ({ objects, object }) =>
      objectsOf(objects, 'Review').filter((review) => (review.by as WorldObject).id === object.id),
    'Book.reviews': ({ objects, object }) => reviewsOf(objects, object),
    'Film.reviews': ({ objects, object }) => reviewsOf(objects, object),
    'Song.reviews': ({ objects, object }) => reviewsOf(objects, object),
    'Work.reviews': ({ objects, object }) => reviewsOf(objects, object),
    '*.verdict': ({ read }) => `says ${String(read('title', { style: 'LOUD' }))}`,
    '*.fans': ({ objects, object, args }) =>
      objectsOf(objects, 'Person')
        .filter((person) => (person.favourite as WorldObject | null)?.id === object.id)
        .slice(0, typeof args.first === 'number' ? Math.max(0, args.first) : 10),
    'Person.friends': ({ object, args }) =>
      Array.isArray(object.friends) && typeof args.first === 'number'
        ? object.friends.slice(0, Math.max(0, args.first))
        : object.friends,
    'Person.fame': ({ read }) => Number(read('age')) * 2,
  },
};

function works(objects: readonly WorldObject[]): WorldObject[] {
  return objectsOf(objects, 'Book', 'Film', 'Song');
}

function byId(objects: readonly WorldObject[], id: unknown): WorldObject | undefined {
  return objects.find((object) => object.id === id);
}

function reviewsOf(objects: readonly WorldObject[], work: WorldObject): WorldObject[] {
  return objectsOf(objects, 'Review').filter((review) => (review.of as WorldObject).id === work.id);
}

function createObjects(): WorldObject[] {
  const name = (first: string, last: string) => ({ __typename: 'Name', first, last });
  const ann: WorldObject = {
    __typename: 'Person',
    id: 'p1',
    name: name('Ann', 'Archer'),
    age: 40,
    nick: null,
    born: '1984-02-29',
    mood: 'HAPPY',
  };
  const bob: WorldObject = {
    __typename: 'Person',
    id: 'p2',
    name: name('Bob "B"', 'Baker'),
    age: 31,
    nick: 'bo\nb',
    born: { y: 1993 },
    mood: null,
  };
  const cyd: WorldObject = {
    __typename: 'Person',
    id: 'p3',
    name: name('Cyd', 'Cole'),
    age: 22,
    nick: 'é漢🙂',
    born: null,
    mood: 'SAD',
  };
  const dan: WorldObject = {
    __typename: 'Person',
    id: 'p4',
    missingIn: ['press'],
    name: null,
    age: 77,
    nick: new Error('nick fails'),
    born: 5,
    mood: 'SAD',
  };
  // people does not know Eve: everything it owns of her is null.
  const eve: WorldObject = {
    __typename: 'Person',
    id: 'p5',
    name: null,
    age: 3,
    nick: 'e',
    born: null,
    mood: 'SAD',
    missingIn: ['people', 'press'],
  };
  const people = [ann, bob, cyd, dan];
  const dimensions = (width: number, height: number | null) => ({
    __typename: 'Dimensions',
    width,
    height,
    parts: [
      { __typename: 'Part', size: 1 },
      { __typename: 'Part', size: 2 },
    ],
  });
  const b1: WorldObject = {
    __typename: 'Book',
    id: 'w1',
    isbn: '111',
    plainTitle: 'Alpha',
    language: 'EN',
    lent: 0,
    pages: 100,
    grams: 2100,
    dimensions: dimensions(3, 4),
    author: ann,
  };
  const b2: WorldObject = {
    __typename: 'Book',
    id: 'w2',
    missingIn: ['shipping'],
    isbn: null,
    plainTitle: 'Beta',
    language: 'SECRET',
    lent: 0,
    pages: null,
    grams: 900,
    dimensions: dimensions(1, null),
    author: bob,
  };
  const f1: WorldObject = {
    __typename: 'Film',
    id: 'w3',
    plainTitle: 'Gamma',
    language: 'DE',
    lent: 2,
    minutes: 90,
    author: bob,
    cast: [ann, bob, ann, cyd],
  };
  const s1: WorldObject = { __typename: 'Song', id: 'w4', plainTitle: 'Delta', language: null, lent: 0, seconds: 200 };
  const b3: WorldObject = {
    __typename: 'Book',
    id: 'w5',
    isbn: '333',
    plainTitle: 'Omega',
    language: 'EN',
    lent: new Error('not counted'),
    pages: 7,
    grams: null,
    dimensions: null,
    author: eve,
  };
  const f2: WorldObject = {
    __typename: 'Film',
    id: 'w6',
    plainTitle: 'Zeta',
    language: 'EN',
    lent: 0,
    minutes: new Error('no minutes'),
    author: null,
    cast: null,
    missingIn: ['ratings'],
  };
  const band: WorldObject = { __typename: 'Band', id: 'x1', name: 'The X', members: [ann, null, dan] };
  Object.assign(b1, { sequel: b2 });
  Object.assign(b2, { sequel: f1 });
  Object.assign(f1, { sequel: null, critics: [{ __typename: 'Robot', model: 'R1' }, ann, null] });
  Object.assign(s1, { sequel: b1, author: band });
  Object.assign(b3, { sequel: new Error('no sequel') });
  Object.assign(f2, { sequel: s1, critics: [] });
  Object.assign(ann, { friends: [bob, cyd], favourite: b1 });
  Object.assign(bob, { friends: [ann, ann, dan], favourite: s1 });
  Object.assign(cyd, { friends: [], favourite: b1 });
  Object.assign(dan, { friends: [cyd], favourite: null });
  Object.assign(eve, { friends: null, favourite: null });
  const review = (id: string, stars: unknown, by: WorldObject, of: WorldObject): WorldObject => ({
    __typename: 'Review',
    id,
    stars,
    text: `t${id}`,
    by,
    of,
  });
  const reviews = [
    review('r1', 5, ann, b1),
    review('r2', 3, bob, b1),
    review('r3', 1, ann, s1),
    review('r4', 4, cyd, f1),
    review('r5', 2, dan, b2),
  ];
  const article = { __typename: 'Article', headline: 'H1', about: ann, words: 10 };
  const interview = { __typename: 'Interview', headline: 'H2', about: bob, questions: [['a', 'b'], [], null] };
  Object.assign(ann, { pieces: [article, interview] });
  Object.assign(bob, { pieces: [interview] });
  Object.assign(cyd, { pieces: null });
  Object.assign(dan, { pieces: null });
  return [
    b1,
    b2,
    f1,
    s1,
    b3,
    f2,
    ...people,
    eve,
    band,
    ...reviews,
    article,
    interview,
    { __typename: 'Hidden', id: 'h1', secret: 's' },
  ];
}
