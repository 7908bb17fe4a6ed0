import type { DocumentNode } from 'graphql';

/** A parsed operation with its variables, as the rewritings take and give it. */
export interface Operation {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}
