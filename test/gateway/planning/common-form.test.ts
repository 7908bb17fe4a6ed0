import * as fc from 'fast-check';
import { buildSchema, parse, print, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type CommonForm, clientKeys, toCommonForm } from '../../../gateway/planning/common-form.ts';
import { openWorld } from '../../differential/open-world.ts';
import { operationArbitrary } from '../../differential/operation-arbitrary.ts';
import { toValid } from '../../differential/to-valid.ts';
import { depot } from '../../differential/worlds/depot.ts';
import { library } from '../../differential/worlds/library.ts';

const seed = Number(process.env.FORM_SEED ?? Date.now() % 2 ** 31);

function formOf(world: ReturnType<typeof openWorld>, document: string): CommonForm | undefined {
  return toCommonForm(parse(document), undefined, world.supergraph.apiSchema);
}

function inClientKeys(value: unknown, keys: ReadonlyMap<string, string>, isPath = false): unknown {
  if (isPath && typeof value === 'string') return keys.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => inClientKeys(item, keys, isPath));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [keys.get(key) ?? key, inClientKeys(member, keys)]);
  return Object.fromEntries(members);
}

describe.each([library, depot])('the common form of random queries over $name', (world) => {
  const open = openWorld(world);
  const { apiSchema } = open.supergraph;

  test(`is valid, and its answer is that of the query but for the names (seed ${seed})`, async () => {
    let formed = 0;
    await fc.assert(
      fc.asyncProperty(operationArbitrary(apiSchema, world, 3), fc.option(fc.nat()), async (tree, chaos) => {
        const operation = toValid(apiSchema, tree);
        fc.pre(operation !== undefined);
        const form = formOf(open, operation.document);
        if (form === undefined) return;
        formed++;
        expect(validate(apiSchema, parse(form.text)), form.text).toEqual([]);
        const variables = { ...operation.variables, ...form.literals };
        const expected = await open.answerMerged(operation, chaos ?? undefined);
        const answered = await open.answerMerged({ document: form.text, variables }, chaos ?? undefined);
        const keys = clientKeys(form.aliases);
        const data = answered.data === undefined ? undefined : inClientKeys(JSON.parse(answered.data), keys);
        expect(JSON.stringify(data), form.text).toBe(expected.data);
        const paths = answered.errorPaths.map((path) => inClientKeys(JSON.parse(path), keys, true));
        expect(paths.map((path) => JSON.stringify(path)).sort(), form.text).toEqual(expected.errorPaths);
      }),
      { numRuns: 300, seed },
    );
    expect(formed).toBeGreaterThan(50);
  });

  test(`is valid exactly where the query is, whatever is edited in it (seed ${seed})`, () => {
    const edit = fc.record({
      at: fc.nat(400),
      cut: fc.nat(8),
      put: fc.constantFrom('', '{', '}', ' x: ', '(id: 1)', ' id ', '"', '1', 'null', ' id: title ', '$id', '...'),
    });
    let [valid, invalid] = [0, 0];
    fc.assert(
      fc.property(operationArbitrary(apiSchema, world, 2), fc.array(edit, { maxLength: 3 }), (tree, edits) => {
        let text = toValid(apiSchema, tree)?.document ?? '';
        for (const { at, cut, put } of edits)
          text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut);
        const [document, form] = readForm(text);
        if (document?.definitions.length !== 1 || form === undefined) return;
        const isValid = validate(apiSchema, document).length === 0;
        expect(validate(apiSchema, parse(form.text)).length === 0, `${text}\n${form.text}`).toBe(isValid);
        if (isValid) valid++;
        else invalid++;
      }),
      { numRuns: 3_000, seed },
    );
    expect(Math.min(valid, invalid)).toBeGreaterThan(20);
  });

  function readForm(text: string): [ReturnType<typeof parse> | undefined, CommonForm | undefined] {
    try {
      const document = parse(text);
      return [document, toCommonForm(document, undefined, apiSchema)];
    } catch {
      return [undefined, undefined];
    }
  }
});

const filtered = buildSchema(`
  scalar Date
  enum Kind { MUG CUP }
  input Below { kind: Kind!, id: ID }
  input One @oneOf { a: Int, b: Int }
  input Where { text: String, sizes: [Int!], below: Below, since: Date, one: One }
  type Query { f(where: Where): Int }
`);

describe('the common form', () => {
  const open = openWorld(library);

  test('is one for queries that differ in names, aliases and values, and tells what was in each', () => {
    const first = formOf(open, 'query A { a: work(id: "1") { b: id id } c: works { a: id } }');
    const second = formOf(open, 'query Longer { x: work(id: 2) { yy: id id } zz: works { x: id } }');
    expect(second?.text).toBe(first?.text);
    expect(first).toMatchObject({ operationName: 'A', aliases: ['a', 'b', 'c'], literals: { v_0: '1' } });
    expect(second).toMatchObject({ operationName: 'Longer', aliases: ['x', 'yy', 'zz'], literals: { v_0: '2' } });
  });

  test('is another one where values are equal that are not elsewhere: fields that are merged have equal arguments', () => {
    const same = formOf(open, '{ a: work(id: "1") { id } b: work(id: "1") { id } }');
    const other = formOf(open, '{ a: work(id: "1") { id } b: work(id: "2") { id } }');
    expect(Object.values(same?.literals ?? {})).toEqual(['1']);
    expect(Object.values(other?.literals ?? {})).toEqual(['1', '2']);
    expect(same?.text).not.toBe(other?.text);
  });

  test('takes up objects whole, with lists and objects in them, as a client would send them', () => {
    const form = toCommonForm(
      parse('{ f(where: { text: "mug", sizes: [1, 2], below: { kind: MUG, id: 7 } }) }'),
      undefined,
      filtered,
    );
    expect(form?.text).toContain('($v_0: Where) {\n  f(where: $v_0)');
    expect(form?.literals).toEqual({ v_0: { text: 'mug', sizes: [1, 2], below: { kind: 'MUG', id: '7' } } });
  });

  test.each([
    ['a variable in it', '{ text: $text }'],
    ['null', '{ text: null }'],
    ['a text of a custom scalar', '{ since: "2026-01-01" }'],
    ['one of several', '{ one: { a: 1 } }'],
    ['a list that is written as its only item', '{ sizes: 1 }'],
    ['an unknown field', '{ nobody: 1 }'],
    ['a field twice', '{ text: "a", text: "b" }'],
    ['a field missing', '{ below: { id: 7 } }'],
    ['a name that every object has', '{ constructor: 1 }'],
  ])('leaves an object where it is that has %s', (_name, where) => {
    const form = toCommonForm(parse(`query ($text: String) { f(where: ${where}) }`), undefined, filtered);
    expect(form?.text).toContain(
      print(parse(`{ f(where: ${where}) }`))
        .slice(4, -3)
        .trim(),
    );
    expect(form?.literals).toEqual({});
  });

  test.each([
    ['a mutation or a subscription', 'subscription { a: __typename }'],
    ['a look into the schema', '{ __schema { queryType { name } } }'],
    ['an alias that is the name of a field beside it, which may be a conflict', '{ works { id title: id title } }'],
    ['names of ours', 'query ($v_0: ID!) { work(id: $v_0) { id } }'],
    ['names of ours that nobody has declared', '{ a: work(id: $v_0) { id } b: work(id: "1") { id } }'],
    ['such names in a directive', '{ a: work(id: "1") { id @skip(if: $v_0) } }'],
    ['an unknown operation', 'query A { works { id } } query B { works { id } }'],
  ])('is nothing for %s', (_name, document) => {
    const form = (() => {
      try {
        return formOf(open, document);
      } catch {
        return undefined;
      }
    })();
    expect(form).toBeUndefined();
  });
});
