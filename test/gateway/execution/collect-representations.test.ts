import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { collectRepresentations } from '../../../gateway/execution/collect-representations.ts';
import type { EntityGroup } from '../../../gateway/planning/executable-plan.ts';
import { compileFlattenPath } from '../../../gateway/planning/flatten-path.ts';
import type { RequiredSelection } from '../../../gateway/planning/plan-node.ts';
import { compileRepresentationWriter } from '../../../gateway/planning/representation-writer.ts';

const schema = buildSchema(`
  scalar Any
  type Query { things: [Thing] }
  interface Thing { id: ID size: Any }
  type Book implements Thing { id: ID size: Any }
  type Film implements Thing { id: ID size: Any }
`);

const field = (name: string): RequiredSelection => ({ kind: 'field', name, responseKey: name, selections: undefined });

function groupOf(isInterfaceObject: boolean): EntityGroup {
  const typename = [{ kind: 'field', key: '__typename' }] as const;
  const rewrites = isInterfaceObject ? [{ kind: 'set', path: typename, value: 'Thing' } as const] : [];
  const requires = [field('__typename'), field('id'), field('size')];
  return {
    alias: '_entities',
    label: '"representations":',
    paths: [compileFlattenPath([{ kind: 'field', key: 'things' }, { kind: 'list' }], schema, new Set())],
    write: compileRepresentationWriter(requires, rewrites, schema, () => new Set()),
    merge: { entries: [] },
    outputRewrites: [],
  };
}

// Few values, so that they meet; many sizes under one id, so that the entities compared by their leaves become too many.
const size = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(null, '1', true, undefined, 0.5));
const thing = fc.record({
  __typename: fc.constantFrom('Book', 'Book', 'Book', 'Film', 'Unknown'),
  id: fc.constantFrom('1', '2', 1, null),
  size: fc.oneof({ weight: 5, arbitrary: size }, { weight: 1, arbitrary: fc.constantFrom({ x: 1 }, { x: 2 }, [1]) }),
});

test.each([false, true])(
  'every entity finds its own representation, and none is written twice (by the interface: %s)',
  (flag) => {
    const group = groupOf(flag);
    fc.assert(
      fc.property(fc.array(thing, { maxLength: 60 }), (drawn) => {
        // Equal objects, but not the same.
        const things = drawn.map((each) => structuredClone(each));
        const { texts, targets } = collectRepresentations(group, { things });
        expect(new Set(texts).size).toBe(texts.length);
        const objects = targets[0]?.objects ?? [];
        const written = objects.map((object) => group.write.forType(object.__typename)?.write(object));
        expect(targets[0]?.indexes.map((index) => texts[index])).toEqual(written);
        const complete = things.filter(({ __typename, size }) => __typename !== 'Unknown' && size !== undefined);
        expect(objects).toEqual(complete);
      }),
      { numRuns: 300 },
    );
  },
);
