import { type FieldNode, Kind } from 'graphql';

/** Stands in a selection set that would be empty otherwise. */
export const placeholder: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: 'nothing_else' },
  name: { kind: Kind.NAME, value: '__typename' },
};
