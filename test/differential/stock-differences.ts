import { type DocumentNode, type GraphQLSchema, isInterfaceType, isObjectType, visit } from 'graphql';

/** A way in which stock @apollo/gateway 2.14.4 answers wrongly; the merged schema decides what is right, and ours agrees with it. */
export interface StockDifference {
  readonly reason: string;
  /** Whether stock may be wrong about this operation for this reason. */
  readonly concerns: (document: DocumentNode, schema: GraphQLSchema) => boolean;
  /** An operation that shows it. */
  readonly example: {
    readonly world: 'library' | 'depot';
    readonly document: string;
    readonly variables?: Record<string, unknown>;
  };
}

export const stockDifferences: readonly StockDifference[] = [
  {
    reason: 'An alias that is the name of a key or of __typename hides what the plan fetches for itself.',
    concerns: hasMisleadingAlias,
    example: {
      world: 'library',
      document: 'query Op { search { ... on Film { id: reviews { stars } author { age } } } }',
    },
  },
  {
    reason:
      'A field whose selections are all skipped is forgotten, and an entity is lost when the required fields of a skipped field were skipped with it.',
    concerns: hasCondition,
    example: {
      world: 'depot',
      document: 'query Op($c: Boolean!) { slots { crates { load @skip(if: $c) contents { __typename } } } }',
      variables: { c: true },
    },
  },
  {
    reason:
      'Fields of fragments come before or after those beside them: the same data, not in the order of the document.',
    concerns: () => false,
    example: {
      world: 'library',
      document: 'query Op { clock { a: hour ... { b: __typename } c: __typename ... { d: hour } } }',
    },
  },
  {
    reason:
      'A fragment on an interface of an @interfaceObject cannot be planned ("We should have an edge … for __typename").',
    concerns: (document) => hasFragmentOn(document, 'Node'),
    example: { world: 'library', document: 'query Op { reviews { of { ... on Node { id } } } }' },
  },
];

/**
 * What neither planner can plan, so that random operations leave it out: a @requires on a field of an @interfaceObject
 * (`Work.verdict` in the library). The native planner refuses most such operations, Apollo's fills its memory over some and
 * mixes up the required fields of others. Plain uses work, by either.
 */
export const beyondBothPlanners = ['verdict'] as const;

function hasMisleadingAlias(document: DocumentNode, schema: GraphQLSchema): boolean {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) || isInterfaceType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
  }
  let isFound = false;
  visit(document, {
    Field({ alias, name }) {
      if (alias && alias.value !== name.value && (alias.value.startsWith('__') || names.has(alias.value)))
        isFound = true;
    },
  });
  return isFound;
}

function hasCondition(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    Directive() {
      isFound = true;
    },
  });
  return isFound;
}

function hasFragmentOn(document: DocumentNode, typeName: string): boolean {
  let isFound = false;
  visit(document, {
    NamedType(node, _key, parent) {
      const isCondition = parent !== undefined && 'kind' in parent && /Fragment/.test(parent.kind);
      if (isCondition && node.name.value === typeName) isFound = true;
    },
  });
  return isFound;
}
