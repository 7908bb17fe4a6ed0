import type { Supergraph } from '../supergraph/supergraph.ts';

/** What `@liveFeed` says of a field of the subscription type (schema/directives/liveFeed.graphql has the meaning). */
export interface LiveFeed {
  readonly resumeArgument: string;
  readonly cursorField: string;
  readonly audience: 'EVERYBODY' | 'ROLE' | 'PERSON';
  readonly kindField: string | undefined;
  readonly changesKind: string;
  readonly snapshotKind: string;
  readonly conflateList: string | undefined;
  /** Paths of fields in an item. */
  readonly conflateKey: readonly (readonly string[])[];
}

/** The directive of a root field; undefined for a subscription that is no feed. An audience that we do not know is the narrowest. */
export function readLiveFeed(supergraph: Supergraph, rootType: string, field: string): LiveFeed | undefined {
  const use = supergraph.directives.uses.get('liveFeed')?.get(`${rootType}.${field}`)?.[0];
  if (use === undefined) return undefined;
  const { values } = use;
  const audience = values.audience === 'EVERYBODY' || values.audience === 'ROLE' ? values.audience : 'PERSON';
  const keys = Array.isArray(values.conflateKey) ? values.conflateKey.map(String) : [];
  return {
    audience,
    resumeArgument: textOf(values.resumeArgument) ?? 'after',
    cursorField: textOf(values.cursorField) ?? 'cursor',
    kindField: textOf(values.kindField),
    changesKind: textOf(values.changesKind) ?? 'CHANGES',
    snapshotKind: textOf(values.snapshotKind) ?? 'SNAPSHOT',
    conflateList: keys.length === 0 ? undefined : textOf(values.conflateList),
    conflateKey: keys.map((path) => path.split('.')),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
